/** Said at the top and at the foot of every window of training (rule TS-10). */
const BAND = 'TRAINING – no real calls';

/** What stands in the live page, and what stands there in training. Each is found exactly once, or the page is not the one we know. */
const changes: readonly (readonly [live: string, training: string])[] = [
  ['<html lang="en-GB">', '<html lang="en-GB" data-realm="training">'],
  ['<title>FCR Desk</title>', '<title>TRAINING – FCR Desk</title>'],
  ['</head>', '<link rel="stylesheet" href="./training.css" /></head>'],
  ['<body>', `<body><aside class="training" aria-label="Training">${BAND}</aside>`],
  ['</body>', `<div class="training" aria-hidden="true">${BAND}</div></body>`],
];

/**
 * The window's page as it is served in training: bands, frame and watermark are there with the first painting. The live page holds none of it,
 * so that a live desk pays nothing for it. Throws when the page is not the one that was built with the program.
 */
export function trainingPage(html: string): string {
  return changes.reduce((page, [live, training]) => {
    const parts = page.split(live);
    if (parts.length !== 2) throw new Error(`bug: the page has ${parts.length - 1} of ${live}`);
    return parts.join(training);
  }, html);
}
