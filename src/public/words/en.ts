import type { AnswerTrouble } from '../report/read-answer.ts';
import { enChat } from './en-chat.ts';

/** A wait as somebody would say it. */
const inMinutes = (minutes: number): string =>
  minutes === 1 ? 'one minute' : minutes < 120 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;

/**
 * Every sentence of the public pages that is not in `resources/public` or the policies, in one table: another language is another table of
 * this shape. Short words: somebody who is frightened reads them on a small screen.
 */
export const en = {
  lang: 'en-GB',
  site: 'Contact the police in Hertfordshire',
  skip: 'Skip to the main part',
  back: 'Back',
  goOn: 'Continue',
  yes: 'Yes',
  no: 'No',

  emergency: {
    strip: 'Danger now, or a crime going on? Call 999.',
    stripLink: 'What if I cannot speak?',
  },

  leave: {
    button: 'Leave this site',
    hint: 'Leave this site. Escape does the same.',
    title: 'Leaving quickly',
    intro:
      'The red button at the top, or the Escape key, takes you to a search page at once. It is on every page.',
    does: 'What it does',
    doesList: [
      'It takes what you typed off the screen, and Back does not bring it back.',
      'We forget the form you were filling in. What you saved on this device is deleted.',
      'If you were in a chat, the call handler sees that you left in a hurry. They will not write to you or ring you until they have thought about whether it is safe.',
    ],
    doesNot: 'What it cannot do',
    doesNotList: [
      'It cannot empty the browser’s history. Somebody may still see that this site was opened.',
      'It cannot hide it from software that watches this device, or from whoever runs the network.',
    ],
    instead:
      'If somebody may check this device, use another one, or call from a telephone that is not yours. In danger, call 999. If you cannot speak, press 55 when you are asked.',
    nothing: 'Nothing of yours is on this page.',
  },

  footer: {
    routes: 'Other ways to reach us',
    exit: 'Leaving quickly',
    privacy: 'What we keep',
    about:
      'We set one cookie while you fill in a form or chat, and none otherwise. Nobody else’s scripts are on these pages.',
  },

  home: {
    title: 'Contact the police in Hertfordshire',
    lead: 'Five steps to the right place. The first that fits is yours.',
    steps: [
      {
        title: 'Is it an emergency?',
        text: 'Somebody is in danger or hurt, a crime is going on, or the person who did it is near.',
        link: 'Call 999 now. If you cannot speak, read this',
        to: '/emergency',
      },
      {
        title: 'Is it for the police?',
        text: 'Noise, roads, parking, scams, lost papers and much else go faster somewhere else.',
        link: 'Find out who deals with it',
        to: '/for-the-police',
      },
      {
        title: 'Has it already happened?',
        text: 'A crime that is over, a collision with damage only, stalking, hate, something lost or found.',
        link: 'Report it online',
        to: '/report',
      },
      {
        title: 'Do you want to tell or ask us something?',
        text: 'Write with us. It begins with a short automatic part, and a person is there whenever you ask.',
        link: 'Chat with us',
        to: '/chat',
      },
      {
        title: 'Would you rather speak to somebody?',
        text: 'Call 101, or use text, relay or sign language.',
        link: 'All the ways to reach us',
        to: '/routes',
      },
    ],
    same: 'The same people answer, whichever way you choose.',
    waits: 'How long it takes at the moment',
  },

  waits: {
    chatNone: 'Chat: nobody is waiting.',
    chat: (n: number, minutes: number) =>
      `Chat: ${n === 1 ? 'one person is' : `${n} people are`} waiting, the longest for ${minutes < 1 ? 'less than a minute' : minutes === 1 ? 'one minute' : `${minutes} minutes`}.`,
    closed:
      'Chat: no call handler is at a desk for it at the moment. What you write is kept and answered when one is.',
    load: 'Many emergencies are coming in. Everything else takes longer.',
    unknown: 'We cannot say how long a chat waits at the moment.',
    reportLately: (minutes: number) =>
      `Online reports: half of the last ones were looked through by a call handler within ${inMinutes(minutes)}.`,
    reportWaits: (minutes: number) =>
      `Online reports: the one that has waited longest has waited for ${inMinutes(minutes)} so far.`,
    reportUnknown:
      'Online reports: a call handler looks through each, at any hour. We cannot say how soon at the moment.',
    telephone: 'Telephone: 999 and 101 are answered at all hours.',
    at: (time: string) => `As of ${time}.`,
  },

  emergencyPage: {
    title: 'In an emergency',
    call: 'Call 999 if somebody is hurt or in danger, if a crime is going on, or if the person who did it is near.',
    cannotSpeak: 'If you cannot speak',
    cannotSpeakList: [
      'Call 999 from a mobile. Listen. If you can, cough or tap the screen.',
      'When you are asked, press 55. You are then put through to the police.',
      'A call alone does not always tell us where you are. If it is safe, whisper or tap when you are asked.',
    ],
    deaf: 'If you are deaf or find speaking hard',
    deafList: [
      'Text 999. It works once your phone is registered: text the word “register” to 999 now and follow the answer.',
      'Relay UK: open the app or a textphone and call 18000.',
      'British Sign Language: the 999 BSL app, or 999bsl.co.uk, at all hours.',
    ],
    canWrite: 'If you can only write',
    canWriteText:
      'The chat is not the fastest way. If it is the only one you have, use it and say where you are first.',
  },

  routes: {
    title: 'All the ways to reach us',
    urgent: 'Emergency',
    urgentList: [
      '999, at all hours',
      '18000 with Relay UK or a textphone',
      '999 BSL app or 999bsl.co.uk for British Sign Language',
      'Text 999, once your phone is registered',
    ],
    other: 'Everything else',
    otherList: ['101, at all hours', '18001 101 with Relay UK or a textphone'],
    text: 'Text 07786 207091, for people who are deaf or find speaking hard. In Hertfordshire only, and not for emergencies.',
    online: 'Online',
    counter: 'In person',
    counterText: 'Some police stations have a counter, and a visit can be booked on 101.',
    anonymous: 'Without saying who you are',
    anonymousText: 'Crimestoppers is a charity, not the police: 0800 555 111.',
    ask: 'A question about the law or the police',
    askText: 'Ask the Police answers many of them.',
    askLink: 'Go to askthe.police.uk',
  },

  forThePolice: {
    title: 'Is it for the police?',
    lead: 'Choose what it is about, or search. If somebody is in danger, call 999.',
    search: 'What is it about?',
    searchButton: 'Search',
    found: (n: number, typed: string) => `${n === 1 ? 'One answer' : `${n} answers`} for “${typed}”`,
    none: (typed: string) => `Nothing was found for “${typed}”. Try one other word, or ask us in the chat.`,
    all: 'Everything we can help with',
    first: 'Is any of these true?',
    anyYes: 'Yes, or I am not sure',
    allNo: 'No, none of them',
    policeTitle: 'Then it is for us',
    police: 'If it is happening now or somebody is in danger, call 999.',
    policeOver: 'If it is over, report it online or write with us.',
    who: 'Who deals with it',
    how: 'How to reach them',
    councils: 'Find your council',
    councilsLead: 'Your council is the one for the place where it happens.',
    outOfHours: 'At night and at weekends',
    checked: (day: string) => `Checked on ${day}.`,
    unchecked: 'We have not checked this with them lately.',
    still: 'Not what you need?',
    opensNew: '(another website)',
    online: 'Report online',
    chat: 'Chat with us',
  },

  reports: {
    title: 'Report online',
    lead: 'For what is over and not urgent. It takes about ten minutes. You get a receipt code at once.',
    other: 'Something else',
    otherList: [
      { text: 'Somebody is missing: call 101, or 999 if you fear for them.', to: null },
      {
        text: 'Rape or sexual assault, or a child who is being harmed: call 101, or 999 in danger. You can also write with us.',
        to: '/chat',
      },
      { text: 'Fraud or a scam: read this first.', to: '/for-the-police/report-fraud' },
    ],
    before: 'Before you begin',
    begin: 'Begin',
    notRead: 'It is not read at once. In danger, call 999.',
    over: 'We no longer have the answers of an earlier form on this device. They are kept for an hour and were not sent. Please begin again.',
    continueSaved: 'You saved this form on this device.',
    continueButton: 'Go on with it',
    deleteButton: 'Delete it from this device',
    optional: '(you can leave this empty)',
    day: 'Day',
    month: 'Month',
    year: 'Year',
    dayAbout: 'Time, or roughly when',
    chooseAll: 'Choose all that are true.',
    charactersLeft: 'At most 3,500 characters.',
    keepTitle: 'Saving on this device',
    keepOff: 'Your answers are not saved on this device.',
    keepOn:
      'Your answers are saved on this device until you send the form or delete them. Anybody who uses it can read them.',
    keepStart: 'Save them on this device',
    keepStop: 'Delete them from this device',
    errorTitle: 'Please look at this again',
    errorPrefix: 'Error:',
    dangerTitle: 'Call 999 now if you can',
    danger: 'What you have told us sounds as if somebody may be in danger. This form is not read at once.',
    dangerCall: 'Call 999. If you cannot speak, press 55 when you are asked.',
    dangerWrite: 'If you can only write, use the chat and say first that you cannot speak.',
    dangerGoOn: 'I can go on with this form safely',
    lookNote: 'Thank you for telling us. A call handler will look at this report first.',
    checkTitle: 'Check your answers',
    checkLead: 'Nothing has been sent yet.',
    change: 'Change',
    nothingSaid: 'Left empty',
    noWayToReach: 'You have given no way to reach you. That is all right: we will not be able to answer.',
    send: 'Send the report',
    tooLong:
      'Together your answers are longer than we can take in one report. Please shorten the longest one, or ring 101.',
    sentTitle: 'Your report is sent',
    keptTitle: 'We have your report',
    code: 'Your receipt code',
    received: (time: string, ref: string) =>
      `The control room received it at ${time}. There it is called ${ref}.`,
    kept: 'It is stored safely, but has not reached the control room yet, because we cannot reach its system at the moment. We send it as soon as we can. You need not do anything, and must not send it again.',
    keptUrgent: 'If it cannot wait, call 101, or 999 in danger.',
    refused:
      'It is stored safely, but our systems could not pass it on. Somebody has to do that by hand. If it cannot wait, call 101 and give this code.',
    next: 'What happens next',
    nextList: ['They treat it as if you had rung. They may ask you more.'],
    nextCareful: 'We reach you only in the way you chose.',
    nextNoAnswer: 'You gave no way to reach you, so you will not get an answer.',
    noteCode: 'Write the code down if it is safe. It is not sent to you.',
    worse: 'If it happens again or gets worse, call 999.',
    again: 'Look again',
    another: 'Back to the first page',
  },

  photos: {
    title: 'Photos',
    lead: 'If photos help to show what happened, you can add them here. You need not.',
    limits: (most: number, megabytes: number) =>
      `Up to ${most} photos (JPEG, PNG or WebP), each up to ${megabytes} MB. Do not go back or put yourself in danger to take one.`,
    where:
      'A photo can hold the place and time at which it was taken. We keep the original as evidence. The call handler is shown the picture alone. Nothing of it stays on this device by our doing.',
    choose: 'Choose photos',
    chooseMore: 'Choose more photos',
    add: 'Add the chosen photos',
    added: 'Added so far',
    one: (n: number, megabytes: number) =>
      `Photo ${n}, ${megabytes < 0.1 ? 'less than 0.1' : megabytes.toFixed(1)} MB`,
    remove: (n: number) => `Remove photo ${n}`,
    full: 'This report has as many photos as we can take.',
    goOnWithout: 'Go on without photos',
    count: (n: number) => (n === 0 ? 'None added' : n === 1 ? '1 photo' : `${n} photos`),
    trouble: {
      'too-large': 'A photo is larger than 10 MB and was not added. Choose a smaller one.',
      'not-a-photo': 'A file is not a photo that we can take, and was not added. Choose a JPEG, PNG or WebP.',
      'none-chosen': 'Choose a photo first, or go on without.',
      busy: 'We cannot take photos at this moment. Go on without, or try again in a while.',
      'too-many': 'A report can have up to 5 photos. Those beyond that were not added.',
    },
    sent: (n: number, there: number) =>
      there === n
        ? `The control room has ${n === 1 ? 'your photo' : `all ${n} photos`} too.`
        : `Your photos follow by themselves: ${there} of ${n} ${there === 1 ? 'is' : 'are'} there so far. You need not wait here.`,
    refused: 'A photo could not be passed on. Say so if somebody asks you about the report.',
  },

  trouble: {
    notFoundTitle: 'This page is not here',
    notFound: 'The address may be mistyped. Begin at the first page.',
    expiredTitle: 'Please try once more',
    expired: 'This page was open for a long time, or was opened from another site. Nothing was sent.',
    tooMuchTitle: 'One moment, please',
    tooMuch: (seconds: number) =>
      `Very much is coming from your network at once. You can go on in ${seconds === 1 ? 'a second' : `${seconds} seconds`}. Nothing you typed is lost.`,
    tooMuchUrgent:
      'If it is urgent do not wait: call 999 in danger, 101 otherwise. Relay UK: 18000 and 18001 101.',
    tryAgain: 'Try again',
    tooLargeTitle: 'That is more than we can take',
    tooLarge: 'Please send less at once, or call 101.',
    brokenTitle: 'Something went wrong here',
    broken:
      'It is our fault, not yours. Please try again in a moment. If it is urgent, call 999 in danger, 101 otherwise.',
    keptNot:
      'We could not store it, so it was NOT sent. Please try again. If it is urgent, call 999 in danger, 101 otherwise.',
  },

  privacy: {
    title: 'What we keep',
    list: [
      'While you fill in a form, your answers are in the memory of our computer for at most an hour after your last step. If you do not send it, they are forgotten.',
      'What you send is kept by the police as a record of your contact.',
      'One cookie says which form is yours. It is deleted when you close the browser, and no page can read it.',
      'We count how often an address asks for pages, so that nobody can block the others. That is forgotten soon and is not passed on with your report.',
    ],
  },

  answerTrouble: {
    'choose-one': 'Choose one of the answers',
    'choose-some': 'Choose at least one',
    'say-something': 'Write something here, even if it is short',
    'too-long': 'This is too long. Please shorten it',
    'not-a-day': 'Write the date in numbers, such as 14 3 2026',
    'in-future': 'This date has not come yet',
    'not-an-email': 'This does not look like an e-mail address',
    'not-a-number': 'This does not look like a telephone number',
    'not-a-postcode': 'This does not look like a postcode. You can leave it empty',
  } satisfies Record<AnswerTrouble, string>,

  chat: enChat,
};

export type Words = typeof en;
