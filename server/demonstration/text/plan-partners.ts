import type { Text } from '@/server/demonstration/text/text'

export const warnings: Text = [
  'Warning levels follow the forecast at Hallow Weir with the probability that the duty forecaster gives. A level is raised on the forecast, never only on the gauge: at the gauge it is too late for zone A.',
  {
    table: [
      ['Level', 'Forecast at Hallow Weir', 'Probability', 'Lead time', 'What the partners do'],
      ['Yellow', 'above 2.60 m', '30 %', '36 h', 'Duty officers confirm that they can be reached'],
      ['Orange', 'above 3.20 m', '40 %', '18 h', 'Joint operations room opens, shelters are prepared'],
      ['Red', 'above 3.60 m', '60 %', '9 h', 'Evacuation begins in the order of the zones'],
      ['Purple', 'above 4.20 m', '60 %', '6 h', 'Everything below the ring road is left'],
    ],
  },
  {
    bullets: [
      'Levels are lowered **one step at a time**, and not before the gauge has fallen for three hours.',
      'A storm surge at Tarnmouth adds up to 0.45 m below the lock. It is in the forecast from 24 hours ahead.',
      'If the model and the forecaster differ, the forecaster’s level counts and the difference is written down.',
    ],
  },
]

export const forecasts: Text = [
  'Updated every six hours in the season, every hour from orange on. The figures are for planning; the warning level above is what triggers action.',
  {
    table: [
      ['Gauge', 'Now', 'In 12 h', 'In 24 h', 'In 48 h', 'Ninety per cent range at 24 h'],
      ['Upper Tarn (Skell)', '1.10 m', '1.60 m', '2.05 m', '1.70 m', '1.75 to 2.45 m'],
      ['Hallow Weir', '1.95 m', '2.30 m', '2.85 m', '2.90 m', '2.50 to 3.30 m'],
      ['Mill Bridge', '1.80 m', '2.10 m', '2.65 m', '2.75 m', '2.30 to 3.05 m'],
      ['Tarnmouth lock', '0.90 m', '1.05 m', '1.40 m', '1.55 m', '1.10 to 1.95 m'],
    ],
  },
  { heading: 'Notes of the duty forecaster' },
  {
    bullets: [
      'Snow above 700 m holds about 35 mm of water. Rain on snow on Thursday is the main uncertainty.',
      'The Skell gauge reads 4 cm low since Monday; corrected above, technician booked for Wednesday.',
      'Two of ten model runs reach orange at Hallow Weir on Friday morning.',
    ],
  },
]

export const surge: Text = [
  'What the hospitals can take, and what they need from the county to take it. Bed numbers are the night figures; the morning report replaces them at 07:30.',
  {
    table: [
      ['Hospital', 'Free beds', 'Intensive care', 'Can add in 4 h', 'Below the 100-year line'],
      ['Tarn General', '46', '5', '30', 'No'],
      ['Harbour Clinic', '12', '0', '0', 'Yes: ground floor at 3.95 m'],
      ['Skell Valley', '21', '2', '10', 'No, but only by road 7'],
    ],
  },
  { heading: 'When orange is given' },
  {
    checks: [
      [true, 'Medical director and transfer desk reachable on two numbers'],
      [false, 'Planned operations for the next day reviewed, patients told by 18:00'],
      [false, 'Harbour Clinic: list of 12 patients in order of transfer'],
      [false, 'Generator fuel for 72 h at Tarn General confirmed by the county depot'],
      [false, 'Dialysis: Thursday patients moved to Wednesday evening'],
    ],
  },
  'Harbour Clinic is emptied at **red**, not later. Twelve transfers take six ambulances for three hours if Mill Bridge is open, and cannot be done in time if it is not.',
]

export const information: Text = [
  'One message, three voices. The county writes, the meteorological service checks the facts, the hospitals check everything about care. Nobody publishes a figure that is not in this section.',
  {
    table: [
      ['Level', 'First sentence', 'Channel', 'Repeat'],
      [
        'Yellow',
        'The River Tarn may flood low roads from tomorrow evening. Know your zone.',
        'Web, local radio',
        'Daily',
      ],
      [
        'Orange',
        'Flooding is likely tonight in zones A and B. Pack now.',
        'Web, radio, text message',
        'Every 3 hours',
      ],
      [
        'Red',
        'Leave zone A now by Mill Bridge. It will close.',
        'Sirens, text message, loudspeakers',
        'Every 30 minutes',
      ],
    ],
  },
  {
    bullets: [
      'Short sentences, the action first, the reason second. No metres: people do not know the gauge.',
      'Languages: the six of the county list. Translations for red are ready and checked.',
      'Questions about relatives in hospital go to **one** number, from orange on.',
    ],
  },
]

export const calls: Text = [
  'Calls are fifteen minutes, always in this order: forecast, water, people, beds, messages, decisions. Whoever has nothing new says so.',
  {
    table: [
      ['Level', 'Calls', 'Chaired by', 'Notes by'],
      ['Yellow', '09:00 and 16:00', 'County duty officer', 'County'],
      ['Orange', 'Every 4 hours', 'County incident lead', 'County'],
      ['Red', 'Every hour', 'County incident lead', 'Hospitals, from 22:00 the meteorological service'],
    ],
  },
  {
    checks: [
      [true, 'Conference bridge tested in October'],
      [true, 'Satellite telephones charged and numbers exchanged'],
      [false, 'Runner between operations room and Tarn General named for the night'],
    ],
  },
]

export const recovery: Text = [
  'The recovery group takes over when the gauge at Hallow Weir has been below 2.60 m for twelve hours and no level is in force.',
  {
    checks: [
      [false, 'Drinking water tested in every zone before anyone returns'],
      [false, 'Gas and power released street by street, list published'],
      [false, 'Care homes return last, with a visit by the hospital network'],
      [false, 'Damage visits start with households without insurance'],
      [false, 'Every partner writes down three things that worked and three that did not'],
    ],
  },
  'The joint review is held within four weeks. What it changes in this plan is marked with the date.',
]
