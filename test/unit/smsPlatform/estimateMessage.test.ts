import type { IDataObject } from 'n8n-workflow';

import { parseItemParameters } from '../../../nodes/shared/action/itemParameters';
import type { Environment, Operation } from '../../../nodes/shared/contracts/operation';
import { estimateMessage } from '../../../nodes/vendors/smsPlatform/operations/estimateMessage';
import { sendDomesticMessage } from '../../../nodes/vendors/smsPlatform/operations/sendDomesticMessage';
import { sendMessage } from '../../../nodes/vendors/smsPlatform/operations/sendMessage';
import { ONE_BY_ONE } from '../../support/client';

const environment: Environment = {
	now: () => Date.UTC(2026, 10, 27),
	random: () => '',
	sleep: async () => {},
	timeZone: 'Asia/Shanghai',
};

const parse = (operation: Operation, values: Record<string, unknown>) => {
	const given: Record<string, unknown> = {
		to: '8613800138000',
		content: 'x',
		route: 'international',
		...values,
	};
	const reader = {
		typed: (name: string) => given[name],
		valueOf: (name: string) => given[name],
	};
	return parseItemParameters(reader, operation, 0, environment).parameters;
};

const estimate = async (values: Record<string, unknown> = {}): Promise<IDataObject> => {
	const client = {
		environment,
		continueOnFail: false,
		account: '',
		...ONE_BY_ONE,
		send: () => Promise.reject(new Error('It sent something')),
	};
	const operation: Operation = estimateMessage;
	if (!('perform' in operation)) throw new Error('It is batched');
	const [row] = await operation.perform(parse(operation, values), client);
	return row?.simplify() ?? {};
};

test('tells who gets it, who not and why, and what is billed', async () => {
	expect(
		await estimate({
			to: '+86 138-0013-8000；85291234567、8613800138000\n13800138000，8.6138E+12',
			content: 'x'.repeat(67),
			signature: '华信',
		}),
	).toEqual({
		isSendable: false,
		recipientCount: 2,
		recipients: ['8613800138000', '85291234567'],
		invalid: [
			{
				value: '13800138000',
				reason:
					'It has no country code. Write the country code first: 8613800138000 for this number in China. The domestic route takes it without one: choose it in Route, or take the operation Send Domestic.',
			},
			{
				value: '8.6138E+12',
				reason:
					'It is a number that a spreadsheet shortened, its last digits are lost. Format the column as text in the spreadsheet, and enter the full number there.',
			},
		],
		repeated: 1,
		characters: 71,
		segmentCount: 2,
		messageCount: 4,
		content: `${'x'.repeat(67)}【华信】`,
		problems: [expect.stringMatching(/^To "13800138000" has no country code; /)],
	});
});

test('the domestic route reads other numbers', async () => {
	const to = '138 0013 8000, +852 9123 4567';
	expect(await estimate({ to, route: 'domestic' })).toMatchObject({
		recipients: ['13800138000'],
		invalid: [
			{
				value: '+852 9123 4567',
				reason: expect.stringMatching(/^It is not a mobile number in mainland China\. .+ Send\.$/),
			},
		],
	});
});

test('what a send operation takes has no problems', async () => {
	const options = { sendAt: '2035-01-02 03:04:05', extno: '01', code: '0', signature: '华信' };
	expect(await estimate({ options })).toMatchObject({ content: 'x【华信】', problems: [] });
});

test.each([
	['to', ''],
	['to', null],
	['to', undefined],
	['to', []],
	['to', ' ,; '],
])('%s %j has no recipients', async (name, value) => {
	expect(await estimate({ [name]: value })).toMatchObject({
		recipientCount: 0,
		recipients: [],
		invalid: [],
		messageCount: 0,
		segmentCount: 1,
		problems: [expect.stringMatching(/^To is empty\. Fill in To/)],
	});
});

const circular: Record<string, unknown> = {};
circular.self = circular;

const ODD: unknown[] = [
	...[-1, 0, NaN, Infinity, 1e21, 10n ** 30n, true, Symbol('x'), () => 'x'],
	...[{}, circular, Object.create(null), [[]], ['x', 1, null], [undefined], new Date(NaN)],
	...['null', 'undefined', '[object Object]', '#N/A', '8.98604E+19', 'abc', '\ud83d', '+'],
	...['13800138000 10086', '__proto__', 'x'.repeat(100_000), '1'.repeat(100_000)],
];

test.each(ODD.map((value) => [typeof value, value] as const))(
	'an odd %s in To is an entry with a reason',
	async (_type, value) => {
		const { recipientCount, invalid, problems } = await estimate({ to: value });
		expect(recipientCount).toBe(0);
		for (const entry of invalid as IDataObject[]) {
			expect(String(entry.value).length).toBeLessThanOrEqual(100);
			expect(entry.reason).toMatch(/^It [a-z].+[^.]\. [A-Z].+\.$/s);
		}
		expect(invalid).not.toEqual([]);
		expect(problems).toHaveLength(1);
	},
);

test.each([
	['signature', '【】', /^Signature "【】" is not a signature\. Write/],
	['route', 'by pigeon', /^Route "by pigeon" is not one of its choices\. Choose/],
])('a %s that is none is told, and nothing fails', async (name, value, problem) => {
	expect(await estimate({ [name]: value })).toMatchObject({
		recipientCount: 1,
		content: 'x',
		problems: [expect.stringMatching(problem)],
	});
});

test.each([
	['sendAt', 'soon', /^Send At "soon" is not a date and time/],
	['extno', '123456', /^Extension Number /],
	['code', '15', /^Encoding /],
	['signature', 'a\nb', /^Signature /],
])('neither does the option %s: %s', async (name, value, problem) => {
	expect(await estimate({ options: { [name]: value } })).toMatchObject({
		recipientCount: 1,
		problems: [expect.stringMatching(problem)],
	});
});

test('two signatures, too long a text and half an emoji are told', async () => {
	const both = { signature: '华信', options: { signature: '中信' } };
	expect(await estimate(both)).toMatchObject({
		content: 'x【华信】',
		problems: [expect.stringContaining('"中信" in the options')],
	});
	for (const length of [17_085, 17_090]) {
		const content = '测'.repeat(length);
		expect(await estimate({ content, signature: '华信' })).toMatchObject({
			characters: length + 4,
			segmentCount: Math.ceil((length + 4) / 67),
			problems: [expect.stringMatching(/^Content is \d+ characters long/)],
		});
	}
	expect(await estimate({ content: 'x\ud83d' })).toMatchObject({
		characters: 2,
		problems: [expect.stringContaining('half of an emoji')],
	});
});

test.each(['', ' \n', '\u0000', null, undefined, {}])(
	'empty content fails: %j',
	async (content) => {
		await expect(estimate({ content })).rejects.toMatchObject({ parameter: 'Content' });
	},
);

test('counts what is sent: several thousand numbers in all their spellings', async () => {
	const numbers = Array.from({ length: 6_000 }, (_, at) => `138${String(at).padStart(8, '0')}`);
	const separators = ['，', '；', '、', '\n', ' ', ', '];
	const spell = (at: number, number: string) =>
		[`+86 ${number.slice(0, 3)}-${number.slice(3, 7)}-${number.slice(7)}`, `86${number}`][at % 2];
	const to = [...numbers, ...numbers.slice(0, 100)]
		.map((number, at) => `${spell(at, number)}${separators[at % separators.length]}`)
		.join('');
	for (const [route, operation] of [
		['international', sendMessage],
		['domestic', sendDomesticMessage],
	] as const) {
		const start = performance.now();
		const estimated = await estimate({ to, route });
		expect(performance.now() - start).toBeLessThan(10_000);
		expect(estimated.recipients).toEqual(parse(operation, { to }).to);
		expect(estimated).toMatchObject({ recipientCount: 6_000, invalid: [], repeated: 100 });
	}
});
