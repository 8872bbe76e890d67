import { beforeAll, describe, expect, it } from 'vitest';
import { judgeReading, type Detection } from '../../shared/domain/language/detection.ts';
import { languages } from '../../shared/domain/language/languages.ts';
import { openDetector, type Detector } from './detector.ts';

let detector: Detector;
beforeAll(async () => {
  detector = await openDetector();
});

const read = (text: string): Detection => judgeReading(text, detector.read(text));

/** Short lines as they reach a control room, in languages spoken in the county; all invented. */
const lines: readonly (readonly [code: string, text: string])[] = [
  ['en', 'He is outside banging on the door and I am scared'],
  ['en', 'My neighbour has been playing loud music since eight o’clock'],
  ['es', 'Mi jefe tiene mi pasaporte y no me deja salir de la casa'],
  ['es', 'Me ha pegado otra vez y los niños están llorando'],
  ['pl', 'Szef trzyma mój paszport i nie pozwala mi odejść'],
  ['pl', 'Jest nas pięciu. Proszę nie dzwonić na ten numer.'],
  ['ro', 'Nu pot să plec, șeful meu are pașaportul meu'],
  ['ro', 'nu pot sa plec din casa, ma bate in fiecare zi'],
  ['ur', 'میرا شوہر مجھے مارتا ہے اور گھر سے نکلنے نہیں دیتا'],
  ['ar', 'زوجي يضربني ولا أستطيع الخروج من البيت'],
  ['fa', 'شوهرم من را می‌زند و نمی‌گذارد از خانه بیرون بروم'],
  ['pa', 'ਮੇਰਾ ਪਤੀ ਮੈਨੂੰ ਮਾਰਦਾ ਹੈ'],
  ['bn', 'আমার স্বামী আমাকে প্রতিদিন মারে'],
  ['hi', 'मेरा पति मुझे रोज़ मारता है और बाहर नहीं जाने देता'],
  ['gu', 'મારા પતિ મને મારે છે'],
  ['ta', 'என் கணவர் என்னை அடிக்கிறார்'],
  ['pt', 'O meu marido bateu-me ontem à noite e não posso sair'],
  ['it', 'Mio marito mi picchia e non posso uscire di casa'],
  ['fr', 'Mon mari me frappe et je ne peux pas sortir de la maison'],
  ['de', 'Mein Mann schlägt mich und ich kann nicht aus dem Haus'],
  ['lt', 'Mano vyras mane muša ir neleidžia išeiti iš namų'],
  ['lv', 'Mans vīrs mani sit un nelaiž ārā no mājas'],
  ['hu', 'A férjem megver és nem enged ki a házból'],
  ['bg', 'Мъжът ми ме бие и не ме пуска да изляза'],
  ['uk', 'Мій чоловік б’є мене і не випускає з дому'],
  ['ru', 'Мой муж бьёт меня и не выпускает из дома'],
  ['sq', 'Burri im më rreh dhe nuk më lë të dal nga shtëpia'],
  ['tr', 'Kocam beni dövüyor ve evden çıkmama izin vermiyor'],
  ['el', 'Ο άντρας μου με χτυπάει'],
  ['zh-Hans', '我的丈夫昨天晚上打了我，我不能出门'],
  ['vi', 'Chồng tôi đánh tôi và không cho tôi ra khỏi nhà'],
  ['am', 'ባለቤቴ ይመታኛል ከቤት መውጣት አልችልም'],
];

/** Languages that the detector does not know, or knows only in other letters. */
const unknown: readonly (readonly [code: string, text: string])[] = [
  ['so', 'Ninkaygu wuu i garaacayaa mana ii ogola inaan baxo'],
  ['cy', 'Mae fy ngŵr yn fy nharo i ac ni chaf adael y tŷ'],
  ['sw', 'Mume wangu ananipiga na haniruhusu kutoka nje'],
  ['ti', 'ሰብኣየይ ይወቕዓኒ ካብ ገዛ ክወጽእ ኣይፈቅደለይን'],
  ['ps', 'زما خاوند ما وهي او له کوره مې وتلو ته نه پرېږدي، ډېره وېرېږم'],
  ['ur', 'mera shohar mujhe marta hai aur bahar nahi jane deta'],
  ['pa', 'mera pati mainu marda hai te bahar nahi jan dinda'],
  ['id', 'Suami saya memukul saya dan tidak mengizinkan saya keluar'],
];

describe('telling languages apart, by the real detector', () => {
  it('LG-02: lines of a sentence or two in the languages of the county are read rightly, nearly all surely', () => {
    const wrong = lines.filter(([code, text]) => read(text).language !== code).map(([code]) => code);
    const unsure = lines.filter(([, text]) => read(text).unsure !== null).map(([code]) => code);
    expect(wrong).toEqual([]);
    expect(unsure.length, unsure.join(' ')).toBeLessThanOrEqual(2);
  });

  it('LG-03: a language that it does not know is never taken for another one surely, without naming the true one', () => {
    const taken = unknown.filter(([code, text]) => {
      const found = read(text);
      return found.unsure === null && found.language !== code && !found.couldBe.includes(code);
    });
    expect(taken.map(([code, text]) => [code, read(text)])).toEqual([]);
  });

  it('LG-03: a word, a number, a name and a smile are unsure', () => {
    for (const text of ['hola', 'ok', 'Stevenage', '07700 900123', '🙂', '', 'no', 'si si', 'asdkjh qwe'])
      expect([text, read(text).unsure === null]).toEqual([text, false]);
  });

  it('LG-01: every language it can name is in the list', () => {
    const codes = new Set(languages.map(({ code }) => code));
    for (const [, text] of [...lines, ...unknown]) {
      const { language, couldBe } = read(text);
      for (const code of [...(language === null ? [] : [language]), ...couldBe])
        expect(codes).toContain(code);
    }
  });
});
