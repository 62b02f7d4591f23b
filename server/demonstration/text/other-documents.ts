import type { Text } from '@/server/demonstration/text/text'

export const wordingRules: Text = [
  'How the service words a warning, so that partners can rely on each word. The words in bold are fixed; everything around them is free.',
  {
    bullets: [
      '**May**: up to 40 % of the model runs. **Is likely to**: from 40 to 70 %. **Will**: above 70 %.',
      '**Low roads**: the list of the county, not a judgement of the forecaster.',
      'Times are given as parts of the day to the public and as hours to partners.',
    ],
  },
  {
    quote:
      'Heavy rain is likely to raise the Tarn above low roads from Thursday evening. It may reach homes in zone A by Friday morning.',
  },
]

export const wordingExamples: Text = [
  {
    table: [
      ['Draft', 'Better', 'Why'],
      ['Water levels will be elevated', 'The river will rise over the towpath', 'Says what one sees'],
      ['Residents are advised to consider leaving', 'Leave now', 'An order is an order'],
      [
        'Significant precipitation',
        'As much rain in a night as in a usual month',
        'A comparison people have',
      ],
    ],
  },
]

export const lessons: Text = [
  'Exercise High Water, 14 November, 06:00 to 15:00. Three agencies, 212 people, a simulated peak of 4.05 m at Hallow Weir.',
  {
    table: [
      ['What happened', 'Why', 'What we change', 'Owner', 'Until'],
      [
        'Zone A took 6 h 20',
        'Buses waited for the wrong school',
        'Names of stops on the order',
        'County',
        'December',
      ],
      [
        'Orange reached the hospitals 50 min late',
        'Fax list was out of date',
        'Text message, confirmed by hand',
        'Meteorological service',
        'Done',
      ],
      [
        'Two lists of free beds',
        'Morning report and transfer desk differ',
        'Only the transfer desk counts',
        'Hospitals',
        'January',
      ],
    ],
  },
]

export const ownLessons: Text = [
  'For the hospital network only, until the medical directors have discussed it.',
  {
    bullets: [
      'The transfer desk was reached by telephone only, and one line was busy for 35 minutes.',
      'Harbour Clinic counted patients who had gone home the evening before.',
      'Night staff had not seen the list of generator tests. They have now.',
    ],
  },
]
