import { expect, test } from './fixtures.ts';

test('scratch', async ({ queue, desk }) => {
  await desk.window.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 0, y: 0, width: 1920, height: 1080 });
  });
  const call = await queue.emergency({ title: 'Shouting, then silence', place: 'Fretherne Road' });
  await expect(desk.strip.card(call.id)).toBeVisible();
  await desk.press('F2');
  await expect(desk.work.contact).toContainText('Yours since');
  await desk.press('Control+F2');
  await desk.type('dom');
  await desk.page.screenshot({ path: '/tmp/i4/s1.png' });
  await desk.press('Enter', 'y', '1', 'y');
  await desk.page.screenshot({ path: '/tmp/i4/s2.png' });
  await desk.press('Alt+h', '0', 'Alt+v', '1', 'Alt+t');
  await desk.type('he is at the door');
  await desk.press('Alt+y');
  await desk.page.screenshot({ path: '/tmp/i4/s3.png' });
  await desk.press('Control+Shift+d', 'Alt+v', 'Alt+w');
  await desk.page.screenshot({ path: '/tmp/i4/s4.png' });
  await desk.press('Alt+g');
  await desk.page.waitForTimeout(4000);
  await desk.press('Escape');
  await desk.press('Escape');
  await desk.page.waitForTimeout(500);
  await desk.page.screenshot({ path: '/tmp/i4/s5.png' });
});
