/**
 * Scenarios in the terminal: looks them through, lists them, begins a new one, plays one as text against its people. No window, no queue, no
 * network.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { checkMeanings } from '../scenario/exercise-checks.ts';
import { readScenario } from '../scenario/scenario-file.ts';
import { understandingOf } from '../shared/domain/training/meaning.ts';
import { scoreOf } from '../shared/domain/training/score.ts';
import { complaintsOf, playAll } from './check.ts';
import { newScenario } from './new-scenario.ts';
import { scoreText } from './score-text.ts';
import { playHelp, TerminalPlay } from './terminal-play.ts';
import { fileText, readTrainingData } from './training-data.ts';

const resources = fileURLToPath(new URL('../../resources/', import.meta.url));

const usage = `npm run scenario -- check [FILE]        looks all scenarios and players through, or one file
npm run scenario -- list                which scenarios there are, and which can be practised
npm run scenario -- new ID              begins resources/scenarios/ID.yaml
npm run scenario -- play ID [SEED]      plays it here, as text`;

function check(file: string | undefined): void {
  const data = readTrainingData(resources);
  if (file !== undefined) {
    const content = readScenario(file, fileText(file));
    checkMeanings(content, data.list);
    const what = content.value.exercise === undefined ? 'a card without an exercise' : 'a whole exercise';
    console.log(`${content.value.id} is well: ${what}.`);
    return;
  }
  const complaints = complaintsOf(data);
  for (const { player, score } of playAll(data))
    console.log(`${player.scenario} ${player.player}: ${score.percent} %`);
  for (const complaint of complaints) console.error(complaint);
  if (complaints.length > 0) process.exitCode = 1;
  else console.log(`${data.scenarios.size} scenarios and ${data.players.length} players are well.`);
}

function list(): void {
  for (const { id, title, exercise } of readTrainingData(resources).scenarios.values()) {
    console.log(`${id}  ${exercise === undefined ? 'card    ' : 'exercise'}  ${title}`);
  }
}

function begin(id: string | undefined): void {
  if (id === undefined || !/^[A-Z]\d{2}$/.test(id)) throw new Error(`Name it like T01. ${usage}`);
  const place = join(resources, 'scenarios', `${id}.yaml`);
  if (existsSync(place))
    throw new Error(`resources/scenarios/${id}.yaml is there already. Choose another id.`);
  writeFileSync(place, newScenario(id));
  console.log(
    `resources/scenarios/${id}.yaml is begun. Write over it, then: npm run scenario -- check ${place}`,
  );
}

async function playHere(id: string | undefined, seed: string | undefined): Promise<void> {
  const { scenarios, list: intents } = readTrainingData(resources);
  const scenario = scenarios.get(id ?? '');
  if (scenario?.exercise === undefined)
    throw new Error(`${id ?? 'Nothing'} is no exercise. npm run scenario -- list`);
  const understanding = understandingOf(intents);
  const game = new TerminalPlay(scenario, { seed: Number(seed ?? 1) || 1, list: intents, understanding });
  for (const line of [scenario.title, scenario.exercise.brief, ...playHelp, '', ...game.begin()])
    console.log(line);
  for await (const text of createInterface({ input: process.stdin })) {
    const { lines, ended } = game.line(text);
    for (const line of lines) console.log(line);
    if (ended) break;
  }
  for (const line of scoreText(scoreOf(scenario.exercise, game.recording()))) console.log(line);
}

async function main([command, one, two]: readonly string[]): Promise<void> {
  switch (command) {
    case 'check':
      check(one);
      break;
    case 'list':
      list();
      break;
    case 'new':
      begin(one);
      break;
    case 'play':
      await playHere(one, two);
      break;
    default:
      console.log(usage);
      if (command !== '--help') process.exitCode = 2;
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
