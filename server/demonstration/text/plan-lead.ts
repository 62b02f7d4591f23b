import type { Text } from '@/server/demonstration/text/text'

export const purpose: Text = [
  'This plan says how the county, the meteorological service and the hospitals act together when the River Tarn rises. It covers the reach from Hallow Weir to Tarnmouth, where 11,400 people live in 4,900 households below the 100-year line.',
  {
    bullets: [
      '**It applies** from the first yellow warning until the recovery group takes over.',
      '**It does not replace** the duties that each organisation has by law. Nobody here commands anybody else’s people.',
      '**It is reviewed** every October and after every activation.',
    ],
  },
  {
    quote:
      'Everything in this workspace is invented: the places, the organisations, the people and the figures. It is a demonstration and must not be used for a real flood.',
  },
  { heading: 'What we want to achieve' },
  {
    steps: [
      'Nobody is in the water who could have been warned.',
      'People who cannot leave on their own are out before the road at Mill Bridge closes.',
      'The hospitals keep working, and know four hours ahead what will reach them.',
      'The public hears one message, whoever says it.',
    ],
  },
]

export const decisions: Text = [
  'Each decision has one owner. The others are told at once, and are asked first where there is time for it.',
  {
    table: [
      ['Decision', 'Owner', 'Asked first', 'Told within'],
      [
        'Raise or lower the warning level',
        'Meteorological service, duty forecaster',
        'County duty officer',
        '10 minutes',
      ],
      ['Open the joint operations room', 'County duty officer', 'Nobody', '15 minutes'],
      ['Evacuate a zone', 'County incident lead', 'Hospitals, police', 'At once'],
      ['Close Mill Bridge', 'County incident lead', 'Hospitals (ambulance control)', '30 minutes before'],
      ['Stop planned operations', 'Hospital network, medical director', 'Nobody', '1 hour'],
      ['Stand down', 'County incident lead', 'All three', 'At once'],
    ],
  },
  { heading: 'If we disagree' },
  'The owner of the decision decides, says so in the log of the operations room, and the disagreement is looked at afterwards. Nobody waits for agreement while the water rises.',
]

export const evacuation: Text = [
  'Zones are evacuated in order of the time they need, not of the water they get. Times are for a winter night with wet roads, measured in last year’s exercise.',
  {
    table: [
      ['Zone', 'Area', 'Households', 'Gauge at Hallow Weir', 'Time needed', 'Route'],
      ['A', 'Mill Quarter, both banks', '640', '3.20 m', '5 h', 'Mill Bridge, then county road 7'],
      ['B', 'Lower Tarn Street to the lock', '1,120', '3.60 m', '4 h', 'Ring road east'],
      ['C', 'Harbour and Fishmarket', '830', '3.90 m', '3 h', 'Harbour road, not the underpass'],
      [
        'D',
        'Allotments and Meadow School',
        '210',
        '4.10 m',
        '2 h',
        'Footpath to Church Hill, buses from there',
      ],
    ],
  },
  { heading: 'Before the order' },
  {
    checks: [
      [true, 'Route 7 inspected after the landslip in September'],
      [true, 'Bus company confirms 14 buses within 90 minutes, also at night'],
      [false, 'New signs for the ring road delivered and stored at the depot'],
      [false, 'Underpass at the harbour: barrier repaired and tested'],
    ],
  },
  'Mill Bridge closes at **3.75 m**, whatever the plan says about zone A. Whoever is still in zone A then leaves by boat from the rowing club.',
]

export const shelters: Text = [
  'Shelters open in this order. Capacity is for nights, with beds; for a few hours each takes about twice as many.',
  {
    table: [
      ['Shelter', 'Nights for', 'Wheelchairs', 'Power for', 'Key holder on call'],
      ['Church Hill sports hall', '420', '30', '48 h', 'County, facilities'],
      ['Tarnmouth college', '600', '45', '24 h', 'College caretaker'],
      ['Old brewery hall', '180', '0', '12 h', 'Fire brigade'],
      ['St Brendan parish rooms', '90', '8', 'none', 'Parish office'],
    ],
  },
  { heading: 'Opening a shelter' },
  {
    checks: [
      [false, 'Caretaker on site, doors and heating on'],
      [false, 'Registration table with paper forms, in case the network is down'],
      [false, 'Quiet room for families with small children'],
      [false, 'Medical point staffed by the hospital network within two hours'],
      [false, 'Pets: crates from the animal rescue, outside the sleeping hall'],
    ],
  },
  'The old brewery hall has no lift. Do not send anyone there who cannot climb one flight of stairs.',
]

export const vulnerable: Text = [
  'This section holds how the register of residents who need help is used. It names places and needs, so only the people named in its boundary may read it.',
  {
    table: [
      ['Place', 'People', 'Need', 'Vehicle', 'Agreed with'],
      [
        'Larch House (care home), zone A',
        '38',
        '12 lying, 9 on oxygen',
        '6 ambulances, 1 bus',
        'Matron, night number in the safe',
      ],
      ['Harbour Court (sheltered flats), zone C', '24', '4 wheelchairs', '1 bus with lift', 'Warden'],
      ['Tarn Street 88, second floor', '1', 'Home ventilator, 6 h battery', 'Ambulance with power', 'Family'],
    ],
  },
  {
    steps: [
      'Larch House moves at **3.00 m**, before zone A: it needs five hours and the bridge.',
      'The hospital network confirms beds by name before the first ambulance leaves.',
      'Nothing of this list goes on a radio channel. Use the numbers of the places above.',
    ],
  },
]
