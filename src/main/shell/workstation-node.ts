/** The native database module needs this Node, or newer. */
const NEEDED = [22, 14] as const;

/**
 * The Node to run the workstation with: `null` for Electron's own utility process, when that is new enough. The older
 * stand-in used in development is told one by `FCR_NODE`.
 */
export function workstationNode(): string | null {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const newEnough = major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
  if (newEnough) return null;
  const node = process.env['FCR_NODE'];
  if (node === undefined)
    throw new Error('This Electron is too old for the database. Start the desk with npm start.');
  return node;
}
