import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { conditions } from '../../nodes/vendors/m2m/watch/conditions';
import { CHINESE_PARAMETERS } from '../../scripts/support/chineseParameters';
import { CODES } from '../../scripts/support/codeTables';
import { markersIn, READMES, replaceBetweenMarkers, table } from '../../scripts/support/markdown';
import { freshPage, pageFiles } from '../../scripts/support/pages';
import { textsOf } from '../../scripts/support/parameterTables';
import { credentials, nodes, ROOT } from '../support/package';
import {
	codeBlocks,
	hasPage,
	headingLevels,
	linkTargets,
	pagesInBoth,
	readPage,
	tableShapes,
} from '../support/pages';

test.each(pageFiles())('what is drawn in %s is current (npm run generate draws it)', (file) => {
	const { current, fresh } = freshPage(file);
	expect(current).toBe(fresh);
});

/** Has a section in Chinese of which the English packages have no use. */
const LONGER_IN_CHINESE = 'docs/packages.md';

describe.each(pagesInBoth())('$english', ({ english, chinese }) => {
	test('is there in Chinese', () => {
		expect([chinese, hasPage(chinese)]).toEqual([chinese, true]);
	});

	test('tells the same in both languages, by its headings, tables, links and commands', () => {
		const ours = readPage(english);
		const whole = readPage(chinese);
		const theirs =
			english === LONGER_IN_CHINESE ? whole.replace(/^## 给平台管理员的消息$.*/ms, '') : whole;
		expect(headingLevels(theirs)).toEqual(headingLevels(ours));
		expect(tableShapes(theirs)).toEqual(tableShapes(ours));
		expect(linkTargets(theirs, english).sort()).toEqual(linkTargets(ours, english).sort());
		// Placeholders and comments are in the language of the page.
		const commands = (text: string) =>
			codeBlocks(text).map((block) =>
				block.replace(/<[^<>\n]*>/g, '<>').replace(/\s*(?<!\S)# .*$/gm, ''),
			);
		expect(commands(theirs)).toEqual(commands(ours));
	});
});

test('the readmes have the same commands to the letter', () => {
	expect(codeBlocks(readPage(READMES.zh))).toEqual(codeBlocks(readPage(READMES.en)));
});

const NODE_PAGES: Readonly<Record<string, string>> = {
	m2mCard: 'm2m-card',
	m2mSmsTrigger: 'm2m-sms-trigger',
	m2mFlowAlertTrigger: 'm2m-flow-alert-trigger',
	m2mReplyPollingTrigger: 'm2m-reply-polling-trigger',
	m2mCardWatchTrigger: 'm2m-card-watch-trigger',
	smsPlatform: 'sms-platform',
	smsPlatformTrigger: 'sms-platform-trigger',
	smsPlatformPollingTrigger: 'sms-platform-polling-trigger',
	trafficRecharge: 'traffic-recharge',
	trafficRechargeTrigger: 'traffic-recharge-trigger',
};

describe.each(nodes.map(({ node }) => node.description))('the page of $name', (description) => {
	const { name, displayName, properties } = description;
	const isAction = properties.some((property) => property.name === 'operation');

	test.each(['.md', '.zh-CN.md'])('has its name and all that is drawn of it (%s)', (ending) => {
		const text = readPage(`docs/nodes/${NODE_PAGES[name]}${ending}`);
		expect(text).toMatch(new RegExp(`^# ${displayName}(?:（.*）)?\n`));
		expect(markersIn(text)).toEqual(
			isAction
				? [`operations ${name}`, `reference ${name}`]
				: [`parameters ${name}`, `outputs ${name}`],
		);
	});
});

test('each credential and each table of codes is drawn, in both languages', () => {
	for (const ending of ['.md', '.zh-CN.md']) {
		expect(markersIn(readPage(`docs/credentials${ending}`))).toEqual(
			credentials.map(({ name }) => `credential ${name}`),
		);
		expect(markersIn(readPage(`docs/errors${ending}`))).toEqual(
			Object.keys(CODES).map((vendor) => `error codes ${vendor}`),
		);
	}
});

test('every description of a parameter is there in Chinese, and none that is gone', () => {
	const owners = [...nodes.map(({ node }) => node.description), ...credentials];
	const english = new Set(owners.flatMap(({ properties }) => textsOf(properties)));
	expect(Object.keys(CHINESE_PARAMETERS).sort()).toEqual([...english].sort());
	const words = Object.values(CHINESE_PARAMETERS);
	expect(words.filter((text) => !/\p{Script=Han}/u.test(text))).toEqual([]);
});

test.each(['docs/nodes/m2m-card-watch-trigger.md', 'docs/nodes/m2m-card-watch-trigger.zh-CN.md'])(
	'%s explains all that a card is watched for',
	(file) => {
		const [, ...rows] = readPage(file).split(/^\| Trigger On \| `event` .*$/m);
		const told = [...rows.join('').matchAll(/^\| ([\w ]+?)(?:（.*?）)? \| `(\w+)` \|/gm)].map(
			([, name, event]) => [name, event],
		);
		expect(told).toEqual(Object.entries(conditions).map(([event, { name }]) => [name, event]));
	},
);

describe('troubleshooting', () => {
	/** The sources, with texts in one piece, and what is made of the tables of codes. */
	const source = [
		...readdirSync(join(ROOT, 'nodes'), { recursive: true, encoding: 'utf8' })
			.filter((file) => file.endsWith('.ts'))
			.map((file) => readFileSync(join(ROOT, 'nodes', file), 'utf8')),
		...Object.entries({
			m2m: 'M2M platform',
			smsPlatform: 'SMS platform',
			trafficRecharge: 'Traffic recharge platform',
		}).flatMap(([vendor, title]) =>
			Object.entries(CODES[vendor] ?? {}).map(
				([code, { meaning }]) => `${title} refused: ${code} ${meaning}`,
			),
		),
	].join('\n');

	/** What a user sees, in the first column of the tables of messages. */
	const quoted = (file: string): string[] =>
		[...readPage(file).matchAll(/^\| `(.+?)` \| [^|]+ \| [^|]+ \|$/gm)].map(
			([, text = '']) => text,
		);

	const english = quoted('docs/troubleshooting.md');

	test('quotes messages', () => {
		expect(english.length).toBeGreaterThan(50);
		expect(new Set(english).size).toBe(english.length);
	});

	test.each(english)('%s is what the code says', (message) => {
		const pieces = message.split('…').map((piece) => piece.trim());
		for (const piece of pieces.filter((text) => text !== '')) expect(source).toContain(piece);
	});

	test('quotes the same in Chinese', () => {
		expect(quoted('docs/troubleshooting.zh-CN.md')).toEqual(english);
	});
});

test('what stands in a cell of a table stays in it', () => {
	expect(
		table(
			['A', 'B'],
			[
				['a | b', 'a\nb'],
				['', '{{ $json.a }} and `{{ $json.b }}`'],
			],
		),
	).toBe(
		[
			'| A | B |',
			'| --- | --- |',
			'| a \\| b | a<br>b |',
			'| | `{{ $json.a }}` and `{{ $json.b }}` |',
		].join('\n'),
	);
});

test('a marker is filled, and one that is missing is told', () => {
	const text = 'a\n\n<!-- codes x -->\n\nold\n\n<!-- /codes x -->\n\nb';
	expect(markersIn(text)).toEqual(['codes x']);
	const filled = replaceBetweenMarkers(text, 'codes x', 'new');
	expect(filled).toBe(text.replace('old', 'new'));
	expect(() => replaceBetweenMarkers(text, 'codes y', '')).toThrow('<!-- codes y -->');
});
