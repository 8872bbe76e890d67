/** A shell that starts the workstation program, has it keep a draft, says so, and waits to be killed. */
import { fork } from 'node:child_process';

const [program = '', start = '{}', draft = '{}'] = process.argv.slice(2);
const child = fork(program, [], { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
child.on('message', (message: { readonly kind: string }) => {
  if (message.kind === 'ready')
    child.send({ kind: 'request', id: 1, name: 'draft.save', input: JSON.parse(draft) });
  if (message.kind === 'answer') process.stdout.write('kept\n');
});
child.send(JSON.parse(start));
