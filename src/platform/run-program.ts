/** A program without a window, as its command line has it. */
export interface Program<Options> {
  readonly usage: string;
  readonly wantsHelp: (args: readonly string[]) => boolean;
  /** Throws an `Error` with one sentence when the command line cannot be followed. */
  readonly readOptions: (args: readonly string[]) => Options;
  /** Resolves when it was asked to end and has ended in order. */
  readonly serve: (options: Options) => Promise<void>;
  /** What is said of an error that ended it, in one sentence; its own message if this is left out. */
  readonly sentenceOf?: (error: unknown, options: Options) => string;
  /** What was asked for, and what went wrong. */
  readonly print: { readonly out: (text: string) => void; readonly err: (text: string) => void };
}

/** Runs it to its end, and ends the process: with 2 for a command line that cannot be followed, with 1 for an error. What is said of either is one sentence. */
export async function runProgram<Options>(program: Program<Options>): Promise<void> {
  const { usage, wantsHelp, readOptions, serve, sentenceOf = messageOf, print } = program;
  const args = process.argv.slice(2);
  if (wantsHelp(args)) return print.out(usage);
  let options: Options;
  try {
    options = readOptions(args);
  } catch (error) {
    print.err(`${messageOf(error)}\n${usage}`);
    process.exitCode = 2;
    return;
  }
  try {
    await serve(options);
  } catch (error) {
    print.err(sentenceOf(error, options));
    process.exitCode = 1;
  }
  // What must not be lost is on a disk by now: nothing needs to hold the process.
  process.exit();
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
