/** The PIN of every account that the harness makes. */
export const testPin = '471147';
