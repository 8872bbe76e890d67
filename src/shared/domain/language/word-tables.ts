import { wordsIn } from '../assist/words.ts';

/**
 * The words of a language on which lives hang in a translation: negations, numbers, kinship (rules LG-06, LG-07). A language without a table is not
 * looked at for them, and that is said.
 */
export interface WordTable {
  /** What makes a statement a negative one. Each counts. */
  readonly not: ReadonlySet<string>;
  /** “Nobody”, “never”, “nothing”: negate by themselves, and only join in where a word of `not` stands in the same clause. */
  readonly joining: ReadonlySet<string>;
  /** May be a negation and may be something else. */
  readonly perhaps: ReadonlySet<string>;
  /** Values of number words that mean nothing else: “one” is an article in many languages, and one language’s six is its “you are”. */
  readonly numbers: ReadonlyMap<string, number>;
  /** Stand between the parts of one number: “treinta y cinco”. */
  readonly and: ReadonlySet<string>;
  readonly kin: ReadonlySet<string>;
}

interface Written {
  readonly not: string;
  readonly joining?: string;
  readonly perhaps?: string;
  readonly numbers?: string;
  readonly and?: string;
  readonly kin?: string;
}

/** As `wordsIn` reads it, so that accents, apostrophes and ways of typing a letter do not matter. */
const folded = (words = ''): readonly string[] =>
  words.split(/\s+/).flatMap((word) => wordsIn(word).flatMap(({ forms }) => forms.slice(0, 1)));

function table({ not, joining, perhaps, numbers = '', and, kin }: Written): WordTable {
  const values = numbers.split(';').flatMap((entry): [string, number][] => {
    const [value = '', words = ''] = entry.split('=');
    return folded(words).map((word) => [word, Number(value)]);
  });
  return {
    not: new Set(folded(not)),
    joining: new Set(folded(joining)),
    perhaps: new Set(folded(perhaps)),
    numbers: new Map(values),
    and: new Set(folded(and)),
    kin: new Set(folded(kin)),
  };
}

const tables: Readonly<Record<string, WordTable>> = {
  en: table({
    not: "not cannot without neither nor never nobody none nothing nowhere don't doesn't didn't won't wouldn't can't couldn't shouldn't mustn't isn't aren't wasn't weren't haven't hasn't hadn't ain't needn't no",
    numbers:
      '2=two;3=three;4=four;5=five;6=six;7=seven;8=eight;9=nine;10=ten;11=eleven;12=twelve;13=thirteen;14=fourteen;15=fifteen;16=sixteen;17=seventeen;18=eighteen;19=nineteen;20=twenty;30=thirty;40=forty;50=fifty;60=sixty;70=seventy;80=eighty;90=ninety;100=hundred;1000=thousand',
    and: 'and',
    kin: 'husband wife partner boyfriend girlfriend father mother dad mum brother sister son daughter uncle aunt cousin nephew niece grandfather grandmother stepfather stepmother baby child children',
  }),
  es: table({
    not: 'no sin ni tampoco',
    joining: 'nunca jamás nadie nada ningún ninguno ninguna',
    numbers:
      '2=dos;3=tres;4=cuatro;5=cinco;6=seis;7=siete;8=ocho;9=nueve;10=diez;11=once;12=doce;13=trece;14=catorce;15=quince;16=dieciséis;17=diecisiete;18=dieciocho;19=diecinueve;20=veinte;21=veintiuno veintiún veintiuna;22=veintidós;23=veintitrés;24=veinticuatro;25=veinticinco;26=veintiséis;27=veintisiete;28=veintiocho;29=veintinueve;30=treinta;40=cuarenta;50=cincuenta;60=sesenta;70=setenta;80=ochenta;90=noventa;100=cien ciento;200=doscientos doscientas;300=trescientos trescientas;400=cuatrocientos cuatrocientas;500=quinientos quinientas;600=seiscientos seiscientas;700=setecientos setecientas;800=ochocientos ochocientas;900=novecientos novecientas;1000=mil',
    and: 'y',
    kin: 'marido esposo esposa mujer pareja novio novia padre madre papá mamá hermano hermana hijo hija hijos hijas tío tía primo prima sobrino sobrina abuelo abuela padrastro madrastra bebé niño niña niños niñas',
  }),
  pl: table({
    not: 'nie bez ani',
    joining:
      'nigdy nikt nikogo nikomu nikim nic niczego niczym niczemu nigdzie żaden żadna żadne żadnego żadnej',
    perhaps: 'brak',
    numbers:
      '2=dwa dwie dwóch dwaj dwoje dwojga;3=trzy trzech trzej troje trojga;4=cztery czterech czterej czworo;5=pięć pięciu pięcioro;6=sześć sześciu sześcioro;7=siedem siedmiu siedmioro;8=osiem ośmiu ośmioro;9=dziewięć dziewięciu;10=dziesięć dziesięciu;11=jedenaście jedenastu;12=dwanaście dwunastu;13=trzynaście trzynastu;14=czternaście czternastu;15=piętnaście piętnastu;16=szesnaście szesnastu;17=siedemnaście siedemnastu;18=osiemnaście osiemnastu;19=dziewiętnaście;20=dwadzieścia dwudziestu;30=trzydzieści trzydziestu;40=czterdzieści;50=pięćdziesiąt;60=sześćdziesiąt;70=siedemdziesiąt;80=osiemdziesiąt;90=dziewięćdziesiąt;100=sto;200=dwieście;300=trzysta;400=czterysta;500=pięćset;600=sześćset;700=siedemset;800=osiemset;900=dziewięćset;1000=tysiąc tysiące tysięcy',
    kin: 'mąż męża mężem żona żony żonę partner chłopak dziewczyna ojciec ojca matka matki matkę tata mama brat brata siostra siostry syn syna córka córki córkę wujek ciotka kuzyn kuzynka dziadek babcia ojczym macocha dziecko dzieci niemowlę',
  }),
  ro: table({
    not: 'nu n nici fără',
    joining: 'niciodată nimeni nimănui nimic nicăieri nicio niciun niciuna niciunul',
    numbers:
      '2=doi două;3=trei;4=patru;5=cinci;6=șase sase;7=șapte sapte;8=opt;10=zece;11=unsprezece;12=doisprezece douăsprezece;13=treisprezece;14=paisprezece;15=cincisprezece;16=șaisprezece;17=șaptesprezece;18=optsprezece;19=nouăsprezece;20=douăzeci;30=treizeci;40=patruzeci;50=cincizeci;60=șaizeci;70=șaptezeci;80=optzeci;90=nouăzeci;100=sută sute;1000=mii',
    and: 'și',
    kin: 'soț soțul soțului soție soția partener partenerul iubit iubitul tată tatăl mamă mama frate fratele soră sora fiu fiul fiică fiica unchi unchiul mătușă mătușa văr verișoară bunic bunicul bunică bunica copil copilul copii copiii bebeluș',
  }),
  ur: table({
    not: 'نہیں نہ مت بغیر nahi nahin nahee',
    perhaps: 'نا na mat',
    numbers:
      '3=تین;4=چار;5=پانچ;6=چھ چھے;7=سات;8=آٹھ;9=نو;10=دس;11=گیارہ;12=بارہ;13=تیرہ;14=چودہ;15=پندرہ;16=سولہ;17=سترہ;18=اٹھارہ;19=انیس;20=بیس;30=تیس;40=چالیس;50=پچاس;60=ساٹھ;70=ستر;90=نوے;1000=ہزار',
    kin: 'شوہر بیوی خاوند باپ والد ابو ماں والدہ امی بھائی بہن بیٹا بیٹے بیٹی چچا ماموں خالہ پھوپھی دادا دادی نانا نانی سسر ساس بچہ بچے بچی',
  }),
  ar: table({
    not: 'لا لم لن ليس ليست لست ليسوا ولا ولم ولن فلا بدون دون بلا غير مش مو',
    perhaps: 'ما وما كلا',
    numbers:
      '2=اثنان اثنين اثنتان اثنتين;3=ثلاثة ثلاث;4=أربعة أربع;5=خمسة خمس;6=ستة;7=سبعة سبع;8=ثمانية ثماني;9=تسعة تسع;10=عشرة عشر;20=عشرون عشرين وعشرون وعشرين;30=ثلاثون ثلاثين وثلاثون وثلاثين;40=أربعون أربعين وأربعون وأربعين;50=خمسون خمسين وخمسون وخمسين;60=ستون ستين وستون وستين;70=سبعون سبعين;80=ثمانون ثمانين;90=تسعون تسعين;100=مئة مائة;200=مئتان مئتين;1000=ألف آلاف',
    kin: 'زوجي زوجتي زوج زوجة أبي والدي أمي والدتي أخي أختي أخ أخت ابني ابنتي ابن ابنة عمي عمتي خالي خالتي جدي جدتي حماتي طفل طفلي طفلتي أطفال أطفالي أولادي',
  }),
  pt: table({
    not: 'não sem nem tampouco',
    joining: 'nunca jamais ninguém nada nenhum nenhuma',
    numbers:
      '2=dois duas;3=três;4=quatro;5=cinco;6=seis;7=sete;8=oito;9=nove;10=dez;11=onze;12=doze;15=quinze;20=vinte;30=trinta;40=quarenta;50=cinquenta;100=cem cento;500=quinhentos quinhentas;1000=mil',
    and: 'e',
    kin: 'marido esposa mulher pai mãe irmão irmã filho filha tio tia primo prima avô avó padrasto madrasta bebé bebê criança crianças',
  }),
  it: table({
    not: 'non senza né no',
    joining: 'mai nessuno nessuna niente nulla neanche nemmeno',
    numbers:
      '2=due;3=tre;4=quattro;5=cinque;7=sette;8=otto;9=nove;10=dieci;11=undici;12=dodici;20=venti;30=trenta;40=quaranta;50=cinquanta;100=cento;1000=mille',
    kin: 'marito moglie padre madre fratello sorella figlio figlia figli zio zia cugino cugina nonno nonna bambino bambina bambini',
  }),
  fr: table({
    not: 'ne n sans ni non',
    joining: 'pas jamais rien aucun aucune',
    perhaps: 'personne plus',
    numbers:
      '2=deux;3=trois;4=quatre;5=cinq;6=six;7=sept;8=huit;10=dix;11=onze;12=douze;13=treize;14=quatorze;15=quinze;16=seize;20=vingt;30=trente;40=quarante;50=cinquante;60=soixante;100=cent;1000=mille',
    and: 'et',
    kin: 'mari femme père mère frère sœur fils fille oncle tante cousin cousine bébé enfant enfants',
  }),
  de: table({
    not: 'nicht nie niemals niemand nichts ohne weder kein keine keinen keinem keiner nein',
    numbers:
      '2=zwei;3=drei;4=vier;5=fünf;6=sechs;7=sieben;8=acht;9=neun;10=zehn;11=elf;12=zwölf;20=zwanzig;30=dreißig;40=vierzig;50=fünfzig;100=hundert;1000=tausend',
    kin: 'mann frau ehemann ehefrau vater mutter bruder schwester sohn tochter onkel tante opa oma kind kinder baby',
  }),
  ru: table({
    not: 'не нет ни без нельзя',
    joining: 'никогда никто никого никому ничего ничто нигде никакой',
    numbers:
      '2=два две двое;3=три трое;4=четыре четверо;5=пять пятеро;6=шесть;7=семь;8=восемь;9=девять;10=десять;11=одиннадцать;12=двенадцать;20=двадцать;30=тридцать;40=сорок;50=пятьдесят;100=сто;500=пятьсот;1000=тысяча тысячи тысяч',
    kin: 'муж мужа жена жены отец отца мать матери брат брата сестра сестры сын сына дочь дочери дядя тётя дед бабушка ребёнок ребенка дети',
  }),
  uk: table({
    not: 'не ні без немає нема неможна',
    joining: 'ніколи ніхто нікого нікому нічого ніщо ніде',
    numbers:
      "2=два дві двоє;3=три троє;4=чотири четверо;5=п'ять п'ятеро;6=шість;7=сім;8=вісім;9=дев'ять;10=десять;11=одинадцять;12=дванадцять;20=двадцять;30=тридцять;40=сорок;50=п'ятдесят;100=сто;500=п'ятсот;1000=тисяча тисячі тисяч",
    kin: 'чоловік чоловіка дружина дружини батько батька мати матері брат брата сестра сестри син сина дочка донька дядько тітка дід бабуся дитина діти',
  }),
};

/** Languages that have a table. */
export const tabledLanguages: readonly string[] = Object.keys(tables);

/** The table of a language; `null` where there is none. Prefixes of the same language share one: pt-pt has that of pt. */
export function wordTableOf(code: string): WordTable | null {
  return tables[code] ?? tables[code.split('-')[0] ?? ''] ?? null;
}
