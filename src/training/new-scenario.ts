/** A scenario that is whole and can be played, for a trainer to write over. */
export const newScenario = (id: string): string => `version: 2
id: ${id}
title: What it is about, for those who choose it
card:
  town: Ware
  when: { weekday: mon, time: '10:00' }
  grade: G2
  opening: PS-CFS
  lesson: What is to be learnt from it.
timeline:
  - after: 0s
    contact:
      channel: 999-voice
      title: What a row shows, without a name
      place: Mill Lane, Ware
      caller: { name: Alex Pellow, number: 07700 900990, address: '2 Mill Lane, Ware SG12 9IO' }
      account: The first words that they say.
  - after: 20s
    location: { method: aml, latitude: 51.811, longitude: -0.031, radiusMetres: 20 }
exercise:
  brief: What a trainee is told before it begins.
  people:
    - name: Alex Pellow
      speaks: voice
      mood: 5
      facts:
        address: Two, Mill Lane.
      answers:
        - { to: where, says: ['{address}'], tells: [address] }
        - { to: happening, says: ['What has happened, in their words.'] }
      moments:
        - { id: waits, silence: 30s, says: ['Are you still there?'] }
      unclear: ['Sorry, what did you say?']
      unknown: ['I do not know.']
  expected:
    - id: place
      skill: place
      points: 10
      from: answered
      within: 20s
      by: { asked: [where, confirm-place] }
      says: Ask where it is.
      because: Nobody can be sent without it.
    - id: log
      skill: log
      points: 10
      from: answered
      within: 2m
      by: { deed: incident }
      says: Open the incident.
      because: Dispatch sees nothing before.
  trap:
    says: What those do who fall into it.
    loses: [log]
`;
