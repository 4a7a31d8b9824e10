/** The console of the simulated platforms: the fleet, and a signature that is explained. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { startConsole } from '../../../console';
import { buildPage } from '../../../console/page/build';
import { type Picture, SCHEMES, type Scheme, type Stage } from './stage';

const LANGUAGES = { en: 'en-US', zh: 'zh-CN' } as const;
type Language = keyof typeof LANGUAGES;

const WINDOW = { width: 1_280, height: 800 };
/** The charts grow into their places, and the drawer slides in. */
const SETTLED_MS = 1_500;

interface Scene {
	readonly name: string;
	/** What has to happen first. */
	prepare?(stage: Stage): Promise<void>;
	/** Of the address. */
	readonly view: string;
	/** What a user would click. */
	show?(page: Page): Promise<void>;
}

/** What n8n does when a password was typed wrong. */
async function askWithWrongPassword({ n8n, vendors }: Stage): Promise<void> {
	const { account, url: baseUrl } = vendors.m2m;
	const data = { baseUrl, ...account, password: `${account.password}1` };
	await n8n.testCredential({ name: 'Wrong password', type: 'm2mCardApi', data });
}

const SCENES: readonly Scene[] = [
	{ name: 'console', view: 'fleet' },
	{
		name: 'signature',
		prepare: askWithWrongPassword,
		view: 'requests',
		show: async (page) => {
			const refused = page.getByRole('row').filter({ has: page.getByText('0013') });
			await refused.first().getByRole('link').click();
			await page.getByRole('dialog').waitFor();
		},
	},
];

async function take(
	stage: Stage,
	{ view, show }: Scene,
	url: string,
	language: Language,
	colorScheme: Scheme,
): Promise<Buffer> {
	const context = await stage.browser.newContext({
		...{ baseURL: url, locale: LANGUAGES[language], colorScheme },
		viewport: WINDOW,
	});
	try {
		const page = await context.newPage();
		await page.goto(`/#/${view}`);
		await page.getByRole('heading', { level: 1 }).waitFor();
		await show?.(page);
		await sleep(SETTLED_MS);
		return await page.screenshot();
	} finally {
		await context.close();
	}
}

/** For the page on the console, in both languages. */
export const consoles: readonly Picture[] = SCENES.map((scene) => ({
	name: scene.name,
	take: async (stage) => {
		const running = await startConsole({
			vendors: stage.vendors,
			mail: stage.vendors.mail,
			page: await buildPage(),
		});
		try {
			await scene.prepare?.(stage);
			for (const language of ['en', 'zh'] as const) {
				for (const scheme of SCHEMES) {
					const png = await take(stage, scene, running.url, language, scheme);
					const name = language === 'en' ? scene.name : `${scene.name}-${language}`;
					await stage.save(`${name}-${scheme}`, png);
				}
			}
		} finally {
			await running.close();
		}
	},
}));
