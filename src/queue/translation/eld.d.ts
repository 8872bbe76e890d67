/** The part of eld’s surface that this program uses; its own declaration is not found for one of its sizes. */
declare module 'eld/medium' {
  interface LanguageResult {
    readonly language: string;
    getScores(): Record<string, number>;
    isReliable(): boolean;
  }
  export const eld: { detect(text: string): LanguageResult };
}
