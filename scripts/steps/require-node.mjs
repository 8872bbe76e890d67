// Imported first by every script that may be the very first command on a machine. A Node too old for this file's
// own syntax has no answer but a syntax error; from 14 on it is a sentence.
const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 18) {
  console.error(
    `Node ${process.versions.node} is too old to set this project up. Install Node 18 or newer; ` +
      'the program itself then brings the Node it runs on.',
  );
  process.exit(1);
}
