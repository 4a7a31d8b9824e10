import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INode } from 'n8n-workflow';
import { settingsOf } from '../../scripts/support/examples';
import { EXAMPLE_TEXTS } from '../../scripts/support/exampleTexts';
import { EXAMPLES, exampleFiles, readExample } from '../support/exampleFiles';

const CORE = 'n8n-nodes-base.';
const OWN = 'n8n-nodes-m2m-iot.';
const NOTES = ['Note', '说明'];

/** Told of in docs/agents.md; it wants a model, so it is no example for everybody. */
const ASSISTANT = 'fleet-assistant.json';

const files = exampleFiles();
const plain = files.filter((file) => file !== ASSISTANT);
const isOf =
	(...types: string[]) =>
	({ type }: INode): boolean =>
		types.some((one) => type === CORE + one);
const stepsOf = (file: string) =>
	readExample(file).nodes.filter(({ name }) => !NOTES.includes(name));
const isTrigger = ({ type }: INode): boolean => /trigger$/i.test(type) || type === `${CORE}webhook`;
const nextOf = (file: string, step: string): string[][] =>
	(readExample(file).connections[step]?.main ?? []).map((output) =>
		(output ?? []).map(({ node }) => node),
	);

/** A step and all that come behind it. */
function behind(file: string, step: string, seen: string[] = []): string[] {
	if (seen.includes(step)) return seen;
	return nextOf(file, step)
		.flat()
		.reduce((all, next) => behind(file, next, all), [...seen, step]);
}

test('there are twelve, and the assistant', () => {
	expect(plain).toHaveLength(12);
	expect(files).toContain(ASSISTANT);
});

describe.each(files)('the example %s', (file) => {
	const { nodes, connections } = readExample(file);
	const names = nodes.map(({ name }) => name);

	test.each(['README.md', 'README.zh-CN.md'])('is told of in %s', (readme) => {
		expect(readFileSync(join(EXAMPLES, '..', readme), 'utf8')).toContain(`| \`${file}\` |`);
	});

	test('names only steps that it has, and credentials without an id', () => {
		const targets = Object.values(connections).flatMap(({ main, ...others }) =>
			[main, ...Object.values(others)].flatMap((outputs) =>
				(outputs ?? []).flatMap((output) => (output ?? []).map(({ node }) => node)),
			),
		);
		const inExpressions = [...JSON.stringify(nodes).matchAll(/\$\('((?:[^'\\]|\\.)+)'\)/g)];
		const named = [
			...Object.keys(connections),
			...targets,
			...inExpressions.map(([, name]) => name),
		];
		expect(named.filter((name) => !names.includes(name ?? ''))).toEqual([]);
		const credentials = nodes.flatMap((node) => Object.values(node.credentials ?? {}));
		expect(credentials.filter(({ id }) => id !== null)).toEqual([]);
	});

	test('has no Code node', () => {
		expect(nodes.filter(isOf('code', 'function', 'functionItem'))).toEqual([]);
	});
});

const MAX_EXPRESSION = 330;

/** Wide enough for a step and its label. */
const [STEP_WIDTH, STEP_HEIGHT] = [180, 140];

interface Place {
	name: string;
	left: number;
	top: number;
	right: number;
	bottom: number;
}

const placeOf = ({ name, position: [left, top], parameters: { width, height } }: INode): Place => ({
	...{ name, left, top },
	right: left + (typeof width === 'number' ? width : STEP_WIDTH),
	bottom: top + (typeof height === 'number' ? height : STEP_HEIGHT),
});

const overlap = (a: Place, b: Place): boolean =>
	a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

describe.each(plain)('the example %s', (file) => {
	const { nodes, name } = readExample(file);

	test('is explained in both languages, beside its steps', () => {
		expect(nodes.filter(isOf('stickyNote')).map((note) => note.name)).toEqual(NOTES);
		const places = nodes.map(placeOf);
		const clashes = places.flatMap((one, at) =>
			places
				.slice(at + 1)
				.filter((other) => overlap(one, other))
				.map((other) => `${one.name} and ${other.name}`),
		);
		expect(clashes).toEqual([]);
	});

	test('reads from left to right', () => {
		const leftOf = new Map(nodes.map((node) => [node.name, node.position[0]]));
		const loops = nodes.filter(isOf('splitInBatches')).map((node) => node.name);
		const backwards = nodes.flatMap(({ name: from, position: [left] }) =>
			nextOf(file, from)
				.flat()
				.filter((to) => !loops.includes(to) && (leftOf.get(to) ?? 0) <= left)
				.map((to) => `${from} to ${to}`),
		);
		expect(backwards).toEqual([]);
	});

	test('has short expressions', () => {
		const long = JSON.stringify(nodes)
			.match(/\{\{(?:(?!\}\}).)*\}\}/g)
			?.filter((expression) => expression.length > MAX_EXPRESSION);
		expect(long ?? []).toEqual([]);
	});

	test('has what is to be filled in in its Settings, and uses all of it', () => {
		const settings = settingsOf(readExample(file));
		const others = JSON.stringify(
			stepsOf(file).filter((node) => !['Settings', 'Try it'].includes(node.name)),
		);
		expect(others).not.toMatch(/@example\.com|1[38]\d{9}|【|"华信"|https:\/\/qyapi/);
		const unused = Object.keys(settings).filter(
			(setting) => !new RegExp(`json\\.${setting}\\b`).test(others),
		);
		expect(unused).toEqual([]);
	});

	test('stores what is pushed in its first step', () => {
		const next = nodes
			.filter(({ type }) => type.startsWith(OWN) && type.endsWith('Trigger'))
			.map((trigger) => nextOf(file, trigger.name).flat())
			// One that does no more than to resume what waits has nothing behind it.
			.filter((steps) => steps.length > 0);
		expect(next.filter((steps) => steps.join() !== 'Store')).toEqual([]);
	});

	test('is told of in words, with steps to play it', () => {
		const told = EXAMPLE_TEXTS.filter((text) => text.file === file);
		expect(told.map(({ title }) => title.en)).toEqual([name]);
		for (const { play } of told) {
			expect(play.en.length).toBeGreaterThanOrEqual(3);
			expect(play.en.length).toBeLessThanOrEqual(5);
			expect(play.zh).toHaveLength(play.en.length);
		}
	});
});

test('what is told of in words is there', () => {
	expect(EXAMPLE_TEXTS.map(({ file }) => file).sort()).toEqual([...plain].sort());
	for (const text of EXAMPLE_TEXTS) {
		for (const chinese of [text.title.zh, text.what.zh, ...text.play.zh]) {
			expect(chinese).toMatch(/\p{Script=Han}/u);
		}
		for (const english of [text.title.en, text.what.en]) {
			expect(english).not.toMatch(/\p{Script=Han}/u);
		}
	}
});

test('a setting is the same one in all of them', () => {
	const values = new Map<string, Set<unknown>>();
	for (const file of plain) {
		for (const [setting, value] of Object.entries(settingsOf(readExample(file)))) {
			values.set(setting, (values.get(setting) ?? new Set()).add(value));
		}
	}
	expect([...values.keys()].sort()).toEqual([
		...[
			'cards',
			'chatUrl',
			'days',
			'language',
			'mailFrom',
			'mailTo',
			'maxTopUps',
			'phone',
			'phones',
		],
		...['rechargeBelow', 'signature', 'sizeMb', 'smsBelow', 'waitHours', 'waitSeconds'],
	]);
	expect([...values].filter(([, all]) => all.size > 1)).toEqual([]);
});

/** Where a row goes that cannot be served. */
const BAD_ROWS: ReadonlyArray<[file: string, step: string]> = [
	['alert-to-chat.json', 'Unreadable'],
	['top-up-on-alert.json', 'Unreadable'],
	['top-up-on-alert.json', 'Left out'],
	['top-up-on-alert.json', 'Order failed'],
	['sms-campaign.json', 'Invalid'],
	['two-way-sms.json', 'Not answered'],
	['cell-to-map.json', 'Not found'],
	['order-intake.json', 'What is wrong'],
	['order-intake.json', 'Not ordered'],
	['sms-reconciliation.json', 'Not sent'],
	['sms-reconciliation.json', 'Unreadable'],
	['low-balance.json', 'SMS account'],
];

test.each(BAD_ROWS)('a bad row of %s goes to %s, and is seen', (file, step) => {
	const { nodes } = readExample(file);
	const before = nodes.filter(({ name }) => nextOf(file, name).flat().includes(step));
	expect(before.length).toBeGreaterThan(0);
	const isSeen = (node: INode): boolean =>
		isOf('emailSend', 'respondToWebhook', 'stopAndError', 'httpRequest')(node) ||
		node.parameters.operation === 'sendDomestic';
	const steps = behind(file, step);
	expect(nodes.filter(({ name }) => steps.includes(name)).some(isSeen)).toBe(true);
});

test('the one that npm start shows has one trigger, which its button runs', () => {
	expect(stepsOf('daily-fleet-report.json').filter(isTrigger)).toMatchObject([
		{ type: `${CORE}scheduleTrigger` },
	]);
});

const scheduled = plain.filter((file) => readExample(file).nodes.some(isOf('scheduleTrigger')));

test('those on a schedule run in China time', () => {
	expect(scheduled.length).toBeGreaterThan(0);
	for (const file of scheduled) expect(readExample(file).settings?.timezone).toBe('Asia/Shanghai');
});
