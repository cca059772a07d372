import { chart, creatorWith } from '../channel.ts';
import { expect, expectAccessible, test } from '../portal.ts';

// A late count is late for every creator of the same part: nothing else is looked at meanwhile.
for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test('a late count is said calmly, and no late day looks final', async ({ page }) => {
      const { overview } = await creatorWith(page, 'late');
      expect(overview.freshness.stale).toBe(true);
      const banner = page.getByRole('status').filter({ hasText: 'Late.' });
      await expect(banner).toContainText(overview.freshness.sentence);
      await expect(chart(page, 'Views per day').getByText('Late', { exact: true })).toBeVisible();
      await expectAccessible(page);
    });
  });
}
