import type { INodeParameters } from 'n8n-workflow';

import { SmsPlatformApi } from '../../credentials/SmsPlatformApi.credentials';
import { SmsPlatform, smsPlatformTable } from '../../nodes/SmsPlatform/SmsPlatform.node';
import { RECIPIENTS_PER_REQUEST } from '../../nodes/vendors/smsPlatform/sendToAll';
import { smsPlatformExamples } from '../examples/smsPlatform';
import {
	SMS_QUERY_ERRORS,
	SMS_RESULT_CODES,
	startSmsPlatformSimulator,
	type SmsPlatformSimulator,
} from '../simulator';
import { startSoapServer, type SoapServer } from '../simulator/smsPlatform/soapServer';
import { expectOutputPreview } from '../support/schemaFile';
import { testCredential } from './credentialTest';
import { runInEngine, type EngineResult, type EngineRun } from './engine';

let simulator: SmsPlatformSimulator;

/** A simulator of its own for each test: balance, boxes and password change. */
beforeEach(async () => {
	simulator = await startSmsPlatformSimulator({ seedReplies: false, deliveryDelayMs: 0 });
});

afterEach(async () => await simulator.close());

type More = Partial<Omit<EngineRun, 'parameters'>>;

const credential = () => ({ baseUrl: simulator.url, ...simulator.account, passwordFormat: 'md5' });

const run = async (
	name: string,
	parameters: INodeParameters = {},
	more: More = {},
): Promise<EngineResult> => {
	const [resource = '', operation = ''] = name.split('.');
	return await runInEngine({
		node: new SmsPlatform(),
		credentialTypes: [new SmsPlatformApi()],
		credentials: { smsPlatformApi: credential() },
		parameters: { resource, operation, ...parameters },
		...more,
	});
};

const jsonOf = ({ items }: EngineResult) => items.map(({ json }) => json);
const paths = () => simulator.requests.list().map(({ path }) => path);

const phone = '8613800138001';
const to = '={{ $json.to }}';

describe('every operation', () => {
	test('gives its output preview', async () => {
		simulator.addReply({ mobile: phone, content: '你好', taskid: '1212', extno: '01' });
		for (const [name, { parameters, items, answered }] of Object.entries(smsPlatformExamples)) {
			const result = await run(name, parameters, { items });
			expect([name, result.error]).toEqual([name, undefined]);
			expect(result.items[0]?.pairedItem).toEqual({ item: 0 });
			expectOutputPreview('SmsPlatform', name, [
				...jsonOf(result),
				...(answered ? [answered] : []),
			]);
		}
		expect(simulator.state.refusals).toEqual([]);
	});

	test('has an example', () => {
		const names = smsPlatformTable.operations.map(
			({ resource, operation }) => `${resource}.${operation}`,
		);
		expect(Object.keys(smsPlatformExamples).sort()).toEqual(names.sort());
	});

	test('with simplify off gives the reply, or the row, as it came', async () => {
		const off = { simplify: false };
		const content = 'x【华信】';
		expect(jsonOf(await run('message.send', { ...off, to: phone, content }))).toEqual([
			{
				returnstatus: 'Success',
				message: expect.any(String),
				balance: '999.9',
				taskID: expect.stringMatching(/^\d{16}$/),
				BillingAmount: '0.1',
				successCounts: '1',
			},
		]);
		const [report] = jsonOf(await run('report.getMany', { ...off, responseFormat: 'xml' }));
		expect(report).toMatchObject({ mobile: phone, status: '10', errorcode: 'DELIVRD' });
		const soap = await run('message.sendSoap', { ...off, to: phone, content });
		expect(jsonOf(soap)[0]).toMatchObject({
			StatusCode: 'OK',
			AlterSendResult: { StatusCode: 'NoChannel' },
		});
		expect(jsonOf(await run('account.getBalance', off))[0]).toMatchObject({
			returnstatus: 'Sucess',
			payinfo: '预付费',
		});
	});
});

const TEXT = '测试 😀 &<>"\' ]]> \n第二行\r\n%2B+【华信】';

describe('sending', () => {
	test.each([
		['message.send', 'international', phone],
		['message.sendDomestic', 'domestic', '13800138001'],
		['message.sendSoap', 'international', phone],
	])('%s carries every character, numbers tidied, each once', async (name, route, number) => {
		const numbers = name === 'message.sendDomestic' ? '138 0013 8001' : '+86 138-0013-8001';
		const result = await run(name, { to: `${numbers}；00${phone}`, content: TEXT });
		expect(result.error).toBeUndefined();
		expect(simulator.state.messages).toMatchObject([
			{ route, mobiles: [number], content: TEXT, extno: '', scheduledFor: undefined },
		]);
		expect(jsonOf(result)[0]).toMatchObject({
			taskId: simulator.state.messages[0]?.taskId,
			status: 'accepted',
			recipientCount: 1,
		});
	});

	test('the hybrid route', async () => {
		await run('message.sendSoap', { route: 'hybrid', to: phone, content: 'x' });
		expect(simulator.state.messages).toMatchObject([{ route: 'hybrid', via: 'soap' }]);
	});

	test.each(['message.send', 'message.sendSoap'])(
		'%s: signature, extension number and time',
		async (name) => {
			const options = { signature: '华信', extno: '01', sendAt: '2035-01-02 03:04:05' };
			const content = 'x'.repeat(67);
			const result = await run(
				name,
				{ to: phone, content, options },
				{ timezone: 'America/New_York' },
			);
			expect(simulator.state.messages).toMatchObject([
				{
					content: `${content}【华信】`,
					extno: '01',
					scheduledFor: Date.UTC(2035, 0, 2, 8, 4, 5),
				},
			]);
			expect(jsonOf(result)[0]).toMatchObject({ segmentCount: 2 });
		},
	);

	const SENDING = ['message.send', 'message.sendDomestic', 'message.sendSoap'];
	const toOf = (name: string) => (name === 'message.sendDomestic' ? phone.slice(2) : phone);

	test.each(
		SENDING.flatMap((name) => [
			[name, { signature: '华信' }],
			[name, { options: { signature: '华信' } }],
			[name, { signature: '【华信】', options: { signature: '={{ "华信" }}' } }],
			[name, { signature: '={{ "" }}', options: { signature: '华信', extno: '01' } }],
		]) as Array<[string, INodeParameters]>,
	)('%s is signed by %j', async (name, parameters) => {
		const { error } = await run(name, { to: toOf(name), content: 'x', ...parameters });
		expect(error).toBeUndefined();
		expect(simulator.state.messages).toMatchObject([{ content: 'x【华信】' }]);
	});

	test.each(SENDING)('%s with two signatures sends nothing', async (name) => {
		const { error } = await run(
			name,
			{
				to: toOf(name),
				content: 'x',
				signature: '={{ $json.name }}',
				options: { signature: '华信' },
			},
			{ items: [{ name: '华信' }, { name: '中信' }] },
		);
		expect(error?.message).toBe('Signature is "中信", and "华信" in the options');
		expect(error?.description).toContain('Remove Signature from the options');
		expect(error?.context?.itemIndex).toBe(1);
		expect(paths()).toEqual([]);
	});

	test('a number of North America is not sent to one in China', async () => {
		const { error } = await run('message.sendDomestic', { to: '1 (415) 555-2671', content: 'x' });
		expect(error?.message).toContain('is written like a number in North America');
		expect(paths()).toEqual([]);
	});

	test.each([
		['={{ DateTime.fromISO("2035-01-02T03:04:05-05:00") }}'],
		['={{ DateTime.fromISO("2035-01-02T08:04:05Z").toJSDate() }}'],
		['2035-01-02T03:04:05'],
		['2035-01-02T16:04:05+08:00'],
	])('a time given as %s', async (sendAt) => {
		await run(
			'message.send',
			{ to: phone, content: 'x', options: { sendAt } },
			{ timezone: 'America/New_York' },
		);
		expect(simulator.requests.list()[0]?.body).toContain('sendTime=2035-01-02+16%3A04%3A05');
	});

	test('both codes go out as 16-bit hex', async () => {
		await run('message.send', { to: phone, content: 'ab', options: { code: '0' } });
		await run('message.send', { to: phone, content: 'ab' });
		const bodies = simulator.requests.list().map(({ body }) => body);
		expect(bodies[0]).toContain('code=0&content=00610062');
		expect(bodies[1]).toContain('code=8&content=00610062');
	});

	test('a plain password, a base URL with a path and a slash at its end', async () => {
		await simulator.close();
		simulator = await startSmsPlatformSimulator({ basePath: '/gateway', passwordFormat: 'plain' });
		const smsPlatformApi = {
			...credential(),
			baseUrl: `${simulator.url}/`,
			passwordFormat: 'plain',
			userId: '',
		};
		for (const name of ['message.send', 'message.sendSoap', 'account.getBalance']) {
			const parameters = { to: phone, content: 'x' };
			const { error } = await run(name, parameters, { credentials: { smsPlatformApi } });
			expect(error).toBeUndefined();
		}
	});

	const GOOD: Readonly<Record<string, string>> = {
		to: phone,
		content: 'x',
		code: '8',
		extno: '01',
	};

	test.each([
		['to', '13800138000', 'To "13800138000" has no country code', '8613800138000'],
		['to', '', 'To is empty', 'Fill in To'],
		['content', '', 'Content is empty', 'Fill in Content'],
		['content', 'x\ud83d', 'Content holds half of an emoji', '[...text]'],
		['extno', '123456', 'Extension Number "123456" is not a number of at most 5', '1 to 5 digits'],
		['sendAt', 'soon', 'Send At "soon" is not a date and time', '2030-05-01 09:00:00'],
		['signature', '【】', 'Signature "【】" is not a signature', 'Write the name alone'],
		['code', '15', 'Encoding "15" is not one of its choices', 'Choose one of'],
	])(
		'a wrong %s in the second item stops before the first: %j',
		async (name, value, message, advice) => {
			const tried = { [name]: '={{ $json.value }}' };
			const isOption = !['to', 'content'].includes(name);
			const { error } = await run(
				'message.send',
				{ to: phone, content: 'x', ...(isOption ? { options: tried } : tried) },
				{ items: [{ value: GOOD[name] ?? '' }, { value }] },
			);
			expect(error?.message).toContain(message);
			expect(error?.description).toContain(advice);
			expect(error?.context?.itemIndex).toBe(1);
			expect(paths()).toEqual([]);
		},
	);

	test('a message that its signature makes too long stops all items before the first', async () => {
		const { error } = await run(
			'message.send',
			{ to: phone, content: '={{ $json.content }}', options: { signature: '华信' } },
			{ items: [{ content: 'x' }, { content: 'x'.repeat(17_082) }] },
		);
		expect(error?.message).toMatch(/^Content is 17086 characters long/);
		expect(paths()).toEqual([]);
	});
});

describe('an estimate', () => {
	const offline = { credentials: {} };

	test('needs no credential and sends nothing', async () => {
		const to = `${phone}，${phone} 85291234567; 13800138000`;
		const result = await run('message.estimate', { to, content: 'x'.repeat(71) }, offline);
		expect(result.error).toBeUndefined();
		expect(jsonOf(result)).toMatchObject([
			{
				recipientCount: 2,
				recipients: [phone, '85291234567'],
				invalid: [{ value: '13800138000' }],
				repeated: 1,
				segmentCount: 2,
				messageCount: 4,
			},
		]);
		expect(paths()).toEqual([]);
	});

	test('counts what is then sent', async () => {
		const parameters = { to: `${phone}、+852 9123 4567`, content: 'x', signature: '华信' };
		const [estimated] = jsonOf(await run('message.estimate', parameters, offline));
		const [sent] = jsonOf(await run('message.send', parameters));
		const [message] = simulator.state.messages;
		expect(estimated).toMatchObject({ recipients: message?.mobiles, content: message?.content });
		expect(sent).toMatchObject({
			recipientCount: estimated?.recipientCount,
			segmentCount: estimated?.segmentCount,
		});
	});

	test('fails for empty content only, item by item', async () => {
		const result = await run(
			'message.estimate',
			{
				to: '={{ $json.to }}',
				content: '={{ $json.content }}',
				signature: '={{ $json.nothing }}',
				options: { sendAt: 'soon', extno: '={{ $json.nothing }}' },
			},
			{
				...offline,
				items: [
					{ to: null, content: 'x' },
					{ to: phone, content: '' },
					{ to: {}, content: 'x' },
				],
				onError: 'continueRegularOutput',
			},
		);
		const problems = [
			/^To is empty/,
			/^Signature holds an expression that gives nothing/,
			/^Send At/,
			/^Extension Number holds an expression that gives nothing/,
		];
		expect(jsonOf(result)).toMatchObject([
			{ recipientCount: 0, invalid: [], problems: problems.map(matching) },
			{ error: 'Content is empty' },
			{ recipientCount: 0, invalid: [{ reason: expect.stringContaining('an object') }] },
		]);
	});

	const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);
});

describe('three items, the middle one refused', () => {
	const items = [{ to: phone }, { to: '8613800138002' }, { to: '8613800138003' }];
	const parameters = { to, content: 'x' };
	const refusal = 'SMS platform refused: a phone number is blocked ("Faild", 黑名单的手机号码)';

	beforeEach(() => {
		Object.assign(simulator.settings, { blockedNumbers: ['8613800138002'] });
	});

	test('stop: nothing after it, nothing twice', async () => {
		const result = await run('message.send', parameters, { items });
		expect(result.error?.message).toBe(refusal);
		expect(result.error?.context?.itemIndex).toBe(1);
		expect(simulator.state.messages.map(({ mobiles }) => mobiles)).toEqual([[phone]]);
		expect(paths()).toHaveLength(2);
	});

	test('Retry on Fail sends what was refused, and nothing again', async () => {
		simulator.settings.blockedNumbers = [];
		simulator.faults.add({
			fault: 'code',
			value: 'AmountNotEnough',
			match: '8613800138002',
			times: 1,
		});
		const result = await run('message.send', parameters, { items, retryOnFail: true });
		expect(result.error).toBeUndefined();
		expect(simulator.state.messages.map(({ mobiles }) => mobiles)).toEqual(
			items.map((item) => [item.to]),
		);
		expect(jsonOf(result).map(({ taskId }) => taskId)).toEqual(
			simulator.state.messages.map(({ taskId }) => taskId),
		);
	});

	test.each(['message.send', 'message.sendSoap'])(
		'Retry on Fail does not repeat %s where the platform failed on its side',
		async (name) => {
			simulator.faults.add({ fault: 'code', value: 'InternalError', match: '8613800138002' });
			const result = await run(name, parameters, { items, retryOnFail: true });
			expect(result.error?.description).toContain('Check before sending it again');
			expect(paths()).toHaveLength(2);
		},
	);

	test.each(['continueRegularOutput', 'continueErrorOutput'] as const)('%s', async (onError) => {
		for (const name of ['message.send', 'message.sendSoap']) {
			simulator.requests.clear();
			const result = await run(name, parameters, { items, onError });
			const errors =
				onError === 'continueErrorOutput' ? result.errorItems : result.items.slice(1, 2);
			expect(errors).toMatchObject([
				{
					json: {
						error: expect.stringContaining('SMS platform refused'),
						message: expect.stringContaining('黑名单的手机号码'),
						details: {
							code: name === 'message.send' ? 'Faild' : 'MsisdnBlack',
							advice: expect.stringContaining('Leave out the number'),
						},
					},
					pairedItem: { item: 1 },
				},
			]);
			expect(
				result.items
					.filter(({ json }) => json.status === 'accepted')
					.map(({ pairedItem }) => pairedItem),
			).toEqual([{ item: 0 }, { item: 2 }]);
			expect(paths()).toHaveLength(3);
		}
	});

	test('a wrong number in the middle is an error of its own', async () => {
		const result = await run('message.send', parameters, {
			items: [{ to: phone }, { to: '13800138000' }, { to: '8613800138003' }],
			onError: 'continueRegularOutput',
		});
		expect(jsonOf(result)).toMatchObject([
			{ status: 'accepted' },
			{ details: { code: 'INVALID_PARAMETER', parameter: 'To' } },
			{ status: 'accepted' },
		]);
		expect(paths()).toHaveLength(2);
	});
});

describe('a lost reply', () => {
	test.each(['reset-after', 'truncated', 'http-500', 'empty'] as const)(
		'%s: the outcome is unknown, and nothing is repeated',
		async (fault) => {
			for (const name of ['message.send', 'message.sendSoap', 'message.sendDomestic']) {
				simulator.faults.add({ fault, times: 1 });
				simulator.requests.clear();
				const number = name === 'message.sendDomestic' ? '13800138001' : phone;
				const { error } = await run(name, { to: number, content: 'x' });
				expect(error?.description).toContain('Outcome unknown');
				expect(paths()).toHaveLength(1);
			}
		},
	);

	test('a silent platform', async () => {
		simulator.faults.add({ fault: 'hang' });
		const { error } = await run('message.send', {
			to: phone,
			content: 'x',
			options: { timeout: 200 },
		});
		expect(error?.message).toBe('SMS platform did not answer in time');
		expect(paths()).toHaveLength(1);
	});
});

describe('a list longer than a request', () => {
	const count = 2 * RECIPIENTS_PER_REQUEST + 1;
	const numbers = Array.from({ length: count }, (_, at) => `86138${String(at).padStart(8, '0')}`);
	const part = (from: number, end?: number) =>
		numbers.slice(from * RECIPIENTS_PER_REQUEST, (end ?? from + 1) * RECIPIENTS_PER_REQUEST);
	const parameters = { to: numbers.join('\n'), content: 'x' };

	test.each(['message.send', 'message.sendSoap', 'message.sendDomestic'])(
		'%s goes out in several, and comes back as one item',
		async (name) => {
			const list =
				name === 'message.sendDomestic' ? numbers.map((number) => number.slice(2)) : numbers;
			const result = await run(name, { ...parameters, to: list.join('，') });
			expect(simulator.state.messages.flatMap(({ mobiles }) => mobiles)).toEqual(list);
			const taskIds = simulator.state.messages.map(({ taskId }) => taskId);
			expect(taskIds).toHaveLength(3);
			expect(jsonOf(result)).toMatchObject([
				{ taskId: taskIds[0], taskIds, recipientCount: count, status: 'accepted' },
			]);
			if (name !== 'message.sendDomestic') {
				expect(jsonOf(result)).toMatchObject([{ billedAmount: 100.1, balance: 899.9 }]);
			}
		},
	);

	test('with simplify off all replies come', async () => {
		const result = await run('message.send', { ...parameters, simplify: false });
		expect(jsonOf(result)).toMatchObject([
			{ replies: [{ successCounts: '500' }, { successCounts: '500' }, { successCounts: '1' }] },
		]);
	});

	test('stop: the error says what became of every number', async () => {
		simulator.faults.add({ fault: 'code', value: 'AmountNotEnough', match: part(1)[0], times: 1 });
		const { error } = await run('message.send', parameters);
		const taskId = simulator.state.messages[0]?.taskId;
		expect(error?.message).toBe(
			`SMS platform accepted 500 of ${count} recipients. SMS platform refused: the balance is too low ("Faild", 额度不足)`,
		);
		expect(error?.description).toContain(
			`It accepted 500 (task IDs ${taskId}): 8613800000000 to 8613800000499`,
		);
		expect(error?.description).toContain('It did not accept 500: 8613800000500 to 8613800000999');
		expect(error?.description).toContain('Nothing was sent to 1: 8613800001000.');
		expect(error?.context).toMatchObject({
			data: { accepted: part(0), notAccepted: part(1), notSent: part(2) },
		});
		expect(paths()).toHaveLength(2);
	});

	test('Retry on Fail does not send again to those that were accepted', async () => {
		simulator.faults.add({ fault: 'code', value: 'AmountNotEnough', match: part(1)[0], times: 1 });
		const { error } = await run('message.send', parameters, { retryOnFail: true });
		expect(error?.message).toContain(`accepted 500 of ${count} recipients`);
		expect(simulator.state.messages.flatMap(({ mobiles }) => mobiles)).toEqual(part(0));
		expect(paths()).toHaveLength(2);
	});

	test('continue: the others go out', async () => {
		simulator.faults.add({ fault: 'reset-after', match: part(1)[0], times: 1 });
		const result = await run('message.send', parameters, { onError: 'continueRegularOutput' });
		const [first, , third] = simulator.state.messages.map(({ taskId }) => taskId);
		expect(jsonOf(result)).toMatchObject([
			{
				details: {
					accepted: [...part(0), ...part(2)],
					taskIds: [first, third],
					notAccepted: [],
					outcomeUnknown: part(1),
					notSent: [],
					advice: expect.stringContaining('Whether it accepted another 500 is unknown'),
				},
			},
		]);
		expect(paths()).toHaveLength(3);
	});
});

describe('reports and replies', () => {
	const report = (index: number) => ({
		mobile: `861380013800${index}`,
		taskid: '0000000000000012',
		extno: '01',
	});

	test.each(['xml', 'json'])('%s: none, one, many, and each once', async (responseFormat) => {
		const get = async () => jsonOf(await run('report.getMany', { responseFormat }));
		expect(await get()).toEqual([]);
		simulator.addReport(report(1));
		const one = await get();
		expect(one).toMatchObject([
			{ mobile: '8613800138001', taskId: '0000000000000012', status: 'delivered' },
		]);
		expect(Object.keys(one[0] ?? {})).toEqual(
			responseFormat === 'xml'
				? ['mobile', 'taskId', 'status', 'statusCode', 'receivedAt', 'errorCode', 'extno']
				: ['mobile', 'taskId', 'status', 'receivedAt', 'errorCode'],
		);
		simulator.addReport(report(2));
		simulator.addReport({ ...report(3), status: '20', errorcode: 'UNDELIV' });
		expect((await get()).map(({ status }) => status)).toEqual(['delivered', 'failed']);
		expect(await get()).toEqual([]);
	});

	test.each(['xml', 'json'])('%s: replies of all kinds', async (responseFormat) => {
		const get = async () => jsonOf(await run('reply.getMany', { responseFormat }));
		expect(await get()).toEqual([]);
		const texts = ['你好，我不需要', '😀 & < > " \' ]]> &amp; \n第二行', ' 100% '];
		texts.forEach((content) => simulator.addReply({ mobile: phone, content, extno: '00123' }));
		const rows = await get();
		expect(rows.map(({ content }) => content)).toEqual(texts);
		expect(rows[0]).toMatchObject({ mobile: phone, taskId: '', extno: '00123' });
	});

	test('limit and task', async () => {
		[1, 2, 3].forEach((index) => simulator.addReport(report(index)));
		simulator.addReport({ ...report(4), taskid: '77' });
		const limited = await run('report.getMany', { limit: 2 });
		expect(limited.items).toHaveLength(2);
		const ofTask = await run('report.getMany', { limit: 4000, options: { taskId: '77' } });
		expect(jsonOf(ofTask)).toMatchObject([{ mobile: '8613800138004', taskId: '77' }]);
		expect(simulator.state.reports.size).toBe(1);
	});

	test.each([0, -1, 1.5, 20_001])('limit %s is refused by name', async (limit) => {
		const { error } = await run('report.getMany', { limit });
		expect(error?.message).toMatch(/^Limit /);
		expect(error?.description).toContain('from 1 to 20000');
		expect(paths()).toEqual([]);
	});

	test.each(['xml', 'json'])('%s that is cut off loses no whole row', async (responseFormat) => {
		[1, 2, 3, 4].forEach((index) => simulator.addReport(report(index)));
		simulator.faults.add({ fault: 'truncated', times: 1 });
		const rows = jsonOf(await run('report.getMany', { responseFormat }));
		expect(rows[0]).toMatchObject({ mobile: '8613800138001', status: 'delivered' });
		expect(rows.at(-1)).toMatchObject({ problem: expect.stringContaining('cut off') });
		expect(paths()).toHaveLength(1);
	});

	test.each(['reset-after', 'http-500', 'empty'] as const)('%s is not repeated', async (fault) => {
		simulator.addReport(report(1));
		simulator.faults.add({ fault, times: 1 });
		const { error } = await run('report.getMany');
		expect(error?.description).toContain('do not come again');
		expect(paths()).toHaveLength(1);
	});
});

describe('every code is known', () => {
	const codes = Object.entries(SMS_RESULT_CODES).filter(([name]) => name !== 'OK');

	const failure = async (name: string, value: string) => {
		simulator.faults.add({ fault: 'code', value, times: 1 });
		const { error } = await run(name, { to: phone, content: 'x', responseFormat: 'json' });
		return { message: error?.message ?? '', advice: error?.description ?? '' };
	};

	test.each(codes)('%s', async (name, { number, words }) => {
		const unlisted = 'does not list';
		const soap = await failure('message.sendSoap', name);
		const known = new RegExp(`^SMS platform refused: [a-zA-Z0-9 ]+ \\(${number} ${name}, .+\\)$`);
		expect(soap.message).toMatch(known);
		const json = await failure('report.getMany', name);
		expect(json.message).toMatch(known);
		const sent = await failure('message.send', name);
		expect(sent.message).toMatch(/^SMS platform refused: [a-zA-Z0-9 ]+ \("Faild", .+\)$/);
		expect(soap.message).toContain(words);
		for (const { advice } of [soap, json, sent]) {
			expect(advice).not.toBe('');
			expect(advice).not.toContain(unlisted);
		}
	});

	test.each(Object.entries(SMS_QUERY_ERRORS))('error %s of a query in XML', async (code, words) => {
		simulator.faults.add({ fault: 'code', value: code, times: 1 });
		const { error } = await run('reply.getMany', { responseFormat: 'xml' });
		expect(error?.message).toMatch(
			new RegExp(`^SMS platform refused: [a-z ]+ \\(${code}, ${words}\\)$`),
		);
		expect(error?.description).not.toContain('does not list');
	});

	test.each(['errorstatus', 'flat'] as const)(
		'an error as %s where returnstatus was due',
		async (errorShape) => {
			simulator.settings.errorShape = errorShape;
			simulator.settings.refuseIp = true;
			const { error } = await run('message.send', { to: phone, content: 'x' });
			expect(error?.message).toContain('the IP address is not allowed');
			expect(error?.description).toContain('public IP address');
		},
	);

	test.each(['Success', 'Sucess', 'SUCCESS', 'sucess'])('%s is success', async (successWord) => {
		simulator.settings.successWord = successWord;
		for (const name of ['message.send', 'account.getBalance', 'account.changePassword']) {
			const parameters = { to: phone, content: 'x', newPassword: 'NextPassword03' };
			expect((await run(name, parameters)).error).toBeUndefined();
		}
	});
});

describe('the password', () => {
	const newPassword = 'N3w<&>"pass\'+ %';

	test('is changed, and the credential must follow', async () => {
		const old = simulator.account.password;
		const result = await run('account.changePassword', { newPassword });
		expect(jsonOf(result)).toEqual([
			{
				changed: true,
				message: expect.any(String),
				nextStep: expect.stringContaining('credential of this node by hand'),
			},
		]);
		expect(simulator.account.password).toBe(newPassword);
		const smsPlatformApi = { ...credential(), password: old };
		const { error } = await run('account.getBalance', {}, { credentials: { smsPlatformApi } });
		expect(error?.message).toContain('the user name or the password is wrong');
		expect((await run('account.getBalance')).error).toBeUndefined();
	});

	test('must fit the platform', async () => {
		const { error } = await run('account.changePassword', { newPassword: 'x'.repeat(21) });
		expect(error?.message).toBe(
			'New Password is 21 characters long, and the platform takes at most 20',
		);
		const empty = await run('account.changePassword', { newPassword: "={{ '' }}" });
		expect(empty.error?.message).toBe('New Password is empty');
		expect(paths()).toEqual([]);
	});

	test.each(['onSuccess', 'onFailure'])(
		'neither one shows, even when the platform repeats them %s',
		async (when) => {
			simulator.settings.echoPasswords = true;
			const old = 'Old&<Secret>"9';
			Object.assign(simulator.account, { password: old });
			const known = when === 'onSuccess' ? old : 'Wr0ng&<Secret>';
			const smsPlatformApi = { ...credential(), password: known };
			for (const simplify of [true, false]) {
				for (const onError of ['stopWorkflow', 'continueRegularOutput'] as const) {
					Object.assign(simulator.account, { password: old });
					const {
						items,
						error,
						run: whole,
					} = await run(
						'account.changePassword',
						{ newPassword: '={{ $json.secret }}', simplify },
						{
							credentials: { smsPlatformApi },
							items: [{ secret: newPassword }],
							onError,
						},
					);
					const shown = JSON.stringify([
						items.map(({ json }) => json),
						error?.message,
						error?.description,
						error,
						whole.data.resultData.runData.underTest?.[0]?.error,
						whole.data.resultData.runData.underTest?.[0]?.data,
					]);
					expect(shown).toContain('***');
					for (const secret of [newPassword, known, old]) {
						expect(shown).not.toContain(secret);
						expect(shown).not.toContain(JSON.stringify(secret).slice(1, -1));
						expect(shown).not.toContain(encodeURIComponent(secret));
					}
				}
			}
		},
	);

	test('of the credential never shows when sending is refused', async () => {
		simulator.settings.echoPasswords = true;
		const smsPlatformApi = { ...credential(), password: 'Wr0ng&<Secret>' };
		for (const name of ['message.send', 'message.sendSoap', 'report.getMany']) {
			const { error } = await run(
				name,
				{ to: phone, content: 'x' },
				{ credentials: { smsPlatformApi } },
			);
			const shown = JSON.stringify([error, error?.message, error?.description]);
			expect(shown).not.toContain('Wr0ng');
			expect(shown).not.toMatch(/[0-9A-F]{32}/);
		}
	});
});

describe('against a server made with a public SOAP library', () => {
	let server: SoapServer;

	const send = async (parameters: INodeParameters, more: More = {}) =>
		await run('message.sendSoap', parameters, {
			credentials: {
				smsPlatformApi: { ...credential(), baseUrl: server.url, ...server.account },
			},
			...more,
		});

	afterEach(async () => await server.close());

	test.each(['1.2', '1.1'] as const)('replies in SOAP %s', async (version) => {
		server = await startSoapServer({ version });
		const result = await send({
			route: 'hybrid',
			to: `${phone},85291234567`,
			content: TEXT,
			options: { extno: '01', sendAt: '2035-01-02T03:04:05Z' },
		});
		expect(result.error).toBeUndefined();
		expect(server.state.messages).toMatchObject([
			{
				mobiles: [phone, '85291234567'],
				content: TEXT,
				extno: '01',
				scheduledFor: Date.UTC(2035, 0, 2, 3, 4, 5),
			},
		]);
		expect(jsonOf(result)).toMatchObject([
			{
				taskId: server.state.messages[0]?.taskId,
				statusCode: 'OK',
				balance: 999.8,
				billedAmount: 0.2,
				billedCount: 2,
				errors: [],
			},
		]);
	});

	test('no time, a password to be escaped, a blocked number', async () => {
		server = await startSoapServer({
			account: { password: 'a<b>&"c\' 😀' },
			blockedNumbers: ['85291234567'],
		});
		const result = await send({ to: `${phone},85291234567`, content: 'x' });
		expect(server.state.messages).toMatchObject([{ mobiles: [phone], scheduledFor: undefined }]);
		expect(server.calls[0]?.headers['content-type']).toBe('application/soap+xml; charset=UTF-8');
		expect(jsonOf(result)[0]?.errors).toEqual([expect.stringContaining('85291234567')]);
	});

	test('refusals and faults', async () => {
		server = await startSoapServer({ refuseIp: true });
		expect((await send({ to: phone, content: 'x' })).error?.message).toContain(
			'the IP address is not allowed (1006 BindIpError',
		);
		server.nextFault = '数据库 <down>';
		const { error } = await send({ to: phone, content: 'x' });
		expect(error?.message).toMatch(
			/could not process the SOAP request \(HTTP 500\).*数据库 <down>/,
		);
		expect(error?.description).toContain('Outcome unknown');
	});
});

describe('the test of the credential', () => {
	const tested = async (data: Record<string, string>) =>
		await testCredential(new SmsPlatform(), 'smsPlatformApi', { ...credential(), ...data });

	test('a right one, in both formats', async () => {
		expect(await tested({})).toMatchObject({ status: 'OK' });
		expect(await tested({ userId: '' })).toMatchObject({ status: 'OK' });
		simulator.settings.passwordFormat = 'plain';
		expect(await tested({ passwordFormat: 'plain' })).toMatchObject({ status: 'OK' });
		expect(paths()).toEqual(['/I18NSms.aspx', '/I18NSms.aspx', '/I18NSms.aspx']);
	});

	test.each([
		[
			{ password: 'WrongPassword' },
			/the user name or the password is wrong.*Check Account and Password/,
		],
		[{ account: 'other' }, /the user name or the password is wrong.*Check Account and Password/],
		[{ password: '' }, /the user name or the password is empty.*Fill in/],
		[{ baseUrl: 'http://127.0.0.1:9' }, /could not be reached.*Check Base URL/],
		[{ baseUrl: 'not a url' }, /not valid|could not be reached/],
	])('%j', async (data, message) => {
		const result = await tested(data);
		expect(result.status).toBe('Error');
		expect(result.message).toMatch(message);
		expect(result.message).not.toContain('WrongPassword');
	});

	test('an address that is not allowed', async () => {
		simulator.settings.refuseIp = true;
		expect((await tested({})).message).toMatch(/the IP address is not allowed.*public IP address/);
	});

	test.each([
		['http-404', /Check Base URL/],
		['http-500', /error page/],
		['empty', /empty reply/],
	] as const)('%s', async (fault, message) => {
		simulator.faults.add({ fault });
		expect((await tested({})).message).toMatch(message);
	});
});
