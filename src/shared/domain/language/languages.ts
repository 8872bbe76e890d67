/**
 * Which languages a chat can be translated from and into, by the list of the service that the force’s public pages announce (rule LG-01), and a few
 * more that are spoken in the county and that it does not translate.
 */
export interface Language {
  /** The tag by which the service knows it; of a language it does not know, the BCP 47 tag. */
  readonly code: string;
  /** Its name in English, as a handler would look for it. */
  readonly name: string;
  /** Its name in the language itself, as the public would look for it. */
  readonly ownName: string;
  /** ISO 15924. */
  readonly script: string;
  readonly direction: 'ltr' | 'rtl';
  /** Other names it is looked for by. */
  readonly alsoCalled: readonly string[];
  /** On the service’s list. Without it there is no machine translation: an interpreter is needed. */
  readonly listed: boolean;
  /** Somebody may speak it: the service also lists a language of a film. */
  readonly spoken: boolean;
}

/** Where the list is from, and when it was true. What an installed service translates, it says itself (`languages()` of a provider). */
export const languageList = {
  service: 'Azure Translator, text translation',
  source: 'The service’s page on its languages, table “Translation”',
  /** The date that the page bears. Its text of 2025-09-16, in the public repository of its pages, lists the same 135. */
  asOf: '2025-11-18',
  /** How many it lists. The force announced “more than 145” of its earlier service. */
  count: 135,
} as const;

const rtlScripts: ReadonlySet<string> = new Set(['Arab', 'Hebr', 'Thaa']);
const invented: ReadonlySet<string> = new Set(['tlh-Latn', 'tlh-Piqd']);

/** code | name | own name | script | also called, separated by commas */
const listedRows = `
af|Afrikaans|Afrikaans|Latn|
sq|Albanian|Shqip|Latn|
am|Amharic|አማርኛ|Ethi|Ethiopian
ar|Arabic|العربية|Arab|
hy|Armenian|Հայերեն|Armn|
as|Assamese|অসমীয়া|Beng|
az|Azerbaijani|Azərbaycan|Latn|Azeri
bn|Bangla|বাংলা|Beng|Bengali
ba|Bashkir|Башҡорт|Cyrl|
eu|Basque|Euskara|Latn|
bho|Bhojpuri|भोजपुरी|Deva|
brx|Bodo|बर’|Deva|
bs|Bosnian|Bosanski|Latn|
bg|Bulgarian|Български|Cyrl|
yue|Cantonese|粵語|Hant|Chinese,Hong Kong
ca|Catalan|Català|Latn|Valencian
hne|Chhattisgarhi|छत्तीसगढ़ी|Deva|
lzh|Chinese (Literary)|文言文|Hant|
zh-Hans|Chinese (Simplified)|简体中文|Hans|Mandarin,中文
zh-Hant|Chinese (Traditional)|繁體中文|Hant|Mandarin,Taiwan,中文
sn|Shona|chiShona|Latn|
hr|Croatian|Hrvatski|Latn|
cs|Czech|Čeština|Latn|
da|Danish|Dansk|Latn|
prs|Dari|دری|Arab|Afghan,Farsi
dv|Divehi|ދިވެހިބަސް|Thaa|Maldivian
doi|Dogri|डोगरी|Deva|
nl|Dutch|Nederlands|Latn|Flemish
en|English|English|Latn|
et|Estonian|Eesti|Latn|
fo|Faroese|Føroyskt|Latn|
fj|Fijian|Na Vosa Vakaviti|Latn|
fil|Filipino|Filipino|Latn|Tagalog
fi|Finnish|Suomi|Latn|
fr|French|Français|Latn|
fr-ca|French (Canada)|Français (Canada)|Latn|
gl|Galician|Galego|Latn|
ka|Georgian|ქართული|Geor|
de|German|Deutsch|Latn|
el|Greek|Ελληνικά|Grek|
gu|Gujarati|ગુજરાતી|Gujr|
ht|Haitian Creole|Kreyòl ayisyen|Latn|
ha|Hausa|Hausa|Latn|
he|Hebrew|עברית|Hebr|
hi|Hindi|हिन्दी|Deva|
mww|Hmong Daw|Hmoob Daw|Latn|
hu|Hungarian|Magyar|Latn|
is|Icelandic|Íslenska|Latn|
ig|Igbo|Igbo|Latn|Ibo
id|Indonesian|Bahasa Indonesia|Latn|
ikt|Inuinnaqtun|Inuinnaqtun|Latn|
iu|Inuktitut|ᐃᓄᒃᑎᑐᑦ|Cans|
iu-Latn|Inuktitut (Latin)|Inuktitut|Latn|
ga|Irish|Gaeilge|Latn|Gaelic
it|Italian|Italiano|Latn|
ja|Japanese|日本語|Jpan|
kn|Kannada|ಕನ್ನಡ|Knda|
ks|Kashmiri|کٲشُر|Arab|
kk|Kazakh|Қазақ тілі|Cyrl|
km|Khmer|ខ្មែរ|Khmr|Cambodian
rw|Kinyarwanda|Ikinyarwanda|Latn|Rwandan
tlh-Latn|Klingon|tlhIngan Hol|Latn|
tlh-Piqd|Klingon (own letters)|tlhIngan Hol|Piqd|
gom|Konkani|कोंकणी|Deva|Goan
ko|Korean|한국어|Kore|
ku|Kurdish (Sorani)|کوردیی ناوەندی|Arab|Central Kurdish
kmr|Kurdish (Kurmanji)|Kurdî (Kurmancî)|Latn|Northern Kurdish
ky|Kyrgyz|Кыргызча|Cyrl|
lo|Lao|ລາວ|Laoo|
lv|Latvian|Latviešu|Latn|
lt|Lithuanian|Lietuvių|Latn|
ln|Lingala|Lingála|Latn|
dsb|Lower Sorbian|Dolnoserbšćina|Latn|
lug|Luganda|Luganda|Latn|Ganda
mk|Macedonian|Македонски|Cyrl|
mai|Maithili|मैथिली|Deva|
mg|Malagasy|Malagasy|Latn|
ms|Malay|Bahasa Melayu|Latn|
ml|Malayalam|മലയാളം|Mlym|Keralan
mt|Maltese|Malti|Latn|
mni|Manipuri|ꯃꯩꯇꯩꯂꯣꯟ|Mtei|Meitei
mi|Maori|Te Reo Māori|Latn|
mr|Marathi|मराठी|Deva|
mn-Cyrl|Mongolian (Cyrillic)|Монгол|Cyrl|
mn-Mong|Mongolian (Traditional)|ᠮᠣᠩᠭᠣᠯ|Mong|
my|Burmese|မြန်မာ|Mymr|Myanmar
ne|Nepali|नेपाली|Deva|Gurkha
nb|Norwegian|Norsk bokmål|Latn|
nya|Nyanja|Chinyanja|Latn|Chichewa
or|Odia|ଓଡ଼ିଆ|Orya|Oriya
ps|Pashto|پښتو|Arab|Afghan,Pushto
fa|Persian|فارسی|Arab|Farsi,Iranian
pl|Polish|Polski|Latn|
pt|Portuguese (Brazil)|Português (Brasil)|Latn|Brazilian
pt-pt|Portuguese (Portugal)|Português (Portugal)|Latn|
pa|Punjabi|ਪੰਜਾਬੀ|Guru|Panjabi
otq|Queretaro Otomi|Hñähñu|Latn|
ro|Romanian|Română|Latn|Moldovan
run|Rundi|Ikirundi|Latn|Kirundi
ru|Russian|Русский|Cyrl|
sm|Samoan|Gagana Sāmoa|Latn|
sr-Cyrl|Serbian (Cyrillic)|Српски (ћирилица)|Cyrl|
sr-Latn|Serbian (Latin)|Srpski (latinica)|Latn|
st|Sesotho|Sesotho|Latn|Southern Sotho
nso|Sesotho sa Leboa|Sesotho sa Leboa|Latn|Northern Sotho,Sepedi
tn|Setswana|Setswana|Latn|Tswana
sd|Sindhi|سنڌي|Arab|
si|Sinhala|සිංහල|Sinh|Sinhalese,Sri Lankan
sk|Slovak|Slovenčina|Latn|
sl|Slovenian|Slovenščina|Latn|
so|Somali|Soomaali|Latn|
es|Spanish|Español|Latn|Castilian,Castellano
sw|Swahili|Kiswahili|Latn|
sv|Swedish|Svenska|Latn|
ty|Tahitian|Reo Tahiti|Latn|
ta|Tamil|தமிழ்|Taml|Sri Lankan
tt|Tatar (Latin)|Tatarça|Latn|Татар
te|Telugu|తెలుగు|Telu|
th|Thai|ไทย|Thai|
bo|Tibetan|བོད་སྐད་|Tibt|
ti|Tigrinya|ትግርኛ|Ethi|Eritrean
to|Tongan|Lea fakatonga|Latn|
tr|Turkish|Türkçe|Latn|
tk|Turkmen|Türkmen dili|Latn|
uk|Ukrainian|Українська|Cyrl|
hsb|Upper Sorbian|Hornjoserbšćina|Latn|
ur|Urdu|اردو|Arab|
ug|Uyghur|ئۇيغۇرچە|Arab|
uz|Uzbek|Oʻzbek|Latn|
vi|Vietnamese|Tiếng Việt|Latn|
cy|Welsh|Cymraeg|Latn|
xh|Xhosa|isiXhosa|Latn|
yo|Yoruba|Èdè Yorùbá|Latn|
yua|Yucatec Maya|Maayaʼ tʼàan|Latn|
zu|Zulu|isiZulu|Latn|`;

/** Spoken here and not on the list: who speaks one of them needs an interpreter, and the choice says so. */
const unlistedRows = `
ak|Akan|Akan|Latn|Twi,Fante,Ghanaian
be|Belarusian|Беларуская|Cyrl|
om|Oromo|Afaan Oromoo|Latn|Ethiopian
rom|Romani|Romani čhib|Latn|Roma
syl|Sylheti|ছিলটি|Beng|Bangladeshi
tg|Tajik|Тоҷикӣ|Cyrl|`;

function read(rows: string, listed: boolean): readonly Language[] {
  return rows
    .trim()
    .split('\n')
    .map((row) => {
      const [code = '', name = '', ownName = '', script = '', also = ''] = row.split('|');
      const direction = rtlScripts.has(script) ? 'rtl' : 'ltr';
      const alsoCalled = also === '' ? [] : also.split(',');
      return { code, name, ownName, script, direction, alsoCalled, listed, spoken: !invented.has(code) };
    });
}

/** All of them, by their English names. */
export const languages: readonly Language[] = [...read(listedRows, true), ...read(unlistedRows, false)].sort(
  (a, b) => (a.name < b.name ? -1 : 1),
);
