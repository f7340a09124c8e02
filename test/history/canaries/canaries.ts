/** What must never come out again, of each kind that people and programs put into requests. All of it is made up. */
export interface Canary {
  readonly text: string;
  /** A word in small letters, alone or joined by dashes, which in a path answered 200 looks like a route. */
  readonly isWord: boolean;
}

const joined = (...parts: string[]): string => parts.join('_');

const MAILS = [
  'zaphod.beeblebrox@heartofgold.example',
  'trillian+astra@betelgeuse.example',
  'Ford Prefect <ford@guide.example>',
  'MARVIN@SIRIUS.EXAMPLE',
];
const PHONES = ['+4917655501234', '030-555-019283', '(415) 555-0132-77', '0044 20 7946 0958'];
const ACCOUNTS = [
  'DE89370400440532013000',
  'GB33BUKB20201555555555',
  'FR76 3000 6000 0112 3456 7890 189',
  '4111111111111111',
  '5500005555555559',
  '3782-822463-10005',
  'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080',
];
const TOKENS = [
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ6YXBob2QiLCJpYXQiOjE1MTYyMzkwMjJ9.q0yDhKZ4dUoNh5mWmRnKX3VdQm9hCk',
  'eyJhbGciOiJub25lIn0.eyJ1c2VyIjoiYWdyYWphZyJ9.',
  joined('sk', 'live', 'aBcDeFgHiJkLmNoPqRsTuV'),
  joined('sk', 'test', 'qWeRtYuIoPaSdF'),
  joined('ghp', '16C7e42F292c6912E7710c838347Ae178B4a'),
  joined('glpat-xYzAbC', 'DeFgHiJkLmNo'),
  ['AKIA', 'ZAPHODEXAMPLEKEY'].join(''),
  ['xoxb', 'betelgeuse', 'KlMnOpQrSt'].join('-'),
  'Bearer cGFuZ2FsYWN0aWM6Z2FyZ2xlYmxhc3Rlcg==',
  'rst-9KfQz7-mWvXb2-TrPdLc',
  'JBSWY3DPEHPK3PXP',
  '-----BEGIN PRIVATE KEY-----MIIEvQIBADANBgkqhkiG9w0BAQEFAASC',
];
const SESSIONS = [
  's%3AnWq8vZ0xkR.bLk2Vf9sDq',
  'PHPSESSID=k3v9q2m1x8c7b6n5',
  '0A1B2C3D4E5F60718293A4B5C6D7E8F9',
  '9f1c2a34-0b1d-4c2e-8f3a-5b6c7d8e9f0a',
  joined('sess', '7mQxVbNzKpLw'),
];
const NAMES = [
  'Zaphod',
  'Slartibartfast',
  'Tricia-McMillan',
  "Agrajag O'Brien",
  'Łukasz Żółkiewski',
  '李小龍的朋友',
  'PROSTETNIC',
  'arthur.dent',
  'Gag.Halfrunt',
];
const WORDS = ['vroomfondel', 'oolon-colluphid', 'max_quordlepleen', 'hotblackdesiato'];
const PLACES = [
  'Privet Drive 4711, Little Whinging',
  '742 Evergreen Terrace, Springfield',
  'SW1A 2AA-XQ',
  '52.520008,13.404954',
  '-33.856784;151.215297',
  '51°30′26″N 0°7′39″W',
  '203.0.113.77',
  '2001:db8:1234:5678:9abc::1',
  '00:1B:44:11:3A:B7',
];
const PASSWORDS = [
  'Tr0ub4dor&3',
  'correct horse battery staple',
  'hunter2!Hunter2',
  'P@ssw0rd#2026',
  'qwertz123!',
];
const NUMBERS = [
  '078-05-1120',
  'C01X00T478',
  '12 345 678 903',
  'B-ZB 4242 H',
  '490154203237518',
  '1942-03-11',
];

export const CANARIES: readonly Canary[] = [
  ...[MAILS, PHONES, ACCOUNTS, TOKENS, SESSIONS, NAMES, PLACES, PASSWORDS, NUMBERS]
    .flat()
    .map((text) => ({ text, isWord: false })),
  ...WORDS.map((text) => ({ text, isWord: true })),
];
