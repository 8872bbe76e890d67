import './steps/require-node.mjs';

import { hasTranslation, translationVersion } from './demo/translation-program.mjs';
import { main } from './steps/report.mjs';
import { forTranslation, installSystemPackages } from './steps/system-packages.mjs';

// `npm run translation`: adds the engine by which `npm start` translates chats between Spanish and English. Nothing else installs it.
await main(async () => {
  if (!hasTranslation()) {
    const { outcome } = await installSystemPackages((sentence) => console.log(sentence), forTranslation);
    if (!hasTranslation()) {
      console.log(`The translation engine is not there: ${outcome}. npm start goes on without it.`);
      return 1;
    }
  }
  console.log(`The translation engine is there (${translationVersion()}); npm start uses it from now on.`);
  return 0;
});
