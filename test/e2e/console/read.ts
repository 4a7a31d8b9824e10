import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong, apart from what it calls minor: rules, and the elements that break them. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
	// By evaluation, as the page's policy lets no other script in.
	await page.evaluate(AXE);
	return await page.evaluate<string[]>(`
		axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
			violations
				.filter(({ impact }) => impact !== 'minor')
				.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ': ' + target.join(' '))),
		)
	`);
}

/**
 * What the page says in its own words: texts and the names of its controls, without what is data
 * (marked as not to be translated) and what is marked as of another language.
 */
export async function ownWords(page: Page): Promise<string> {
	return await page.evaluate<string>(`(() => {
		const copy = document.body.cloneNode(true);
		for (const other of copy.querySelectorAll('[translate=no], [lang], script, noscript, iframe')) other.remove();
		const names = [...copy.querySelectorAll('*')].flatMap((element) =>
			['aria-label', 'placeholder', 'title'].map((name) => element.getAttribute(name) ?? ''),
		);
		return [document.title, ...names, ...[...copy.querySelectorAll('*')].flatMap((element) =>
			[...element.childNodes].filter(({ nodeType }) => nodeType === 3).map(({ data }) => data),
		)].join('\\n');
	})()`);
}
