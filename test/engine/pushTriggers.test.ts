import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { buildM2mPush } from '../simulator';
import { makeRequestTime } from '../simulator/m2m/requestTime';
import { processedData } from './processedData';
import {
	alertPush,
	alertRow,
	fresh,
	kinds,
	m2mCredential,
	PASSWORD,
	receivedPush,
	replyPush,
	reportPush,
	sentItem,
	sentPush,
	sentRow,
	signedByHand,
	smsCredential,
	TOKEN,
	trafficCredential,
	orderPush,
	type Kind,
} from './pushes';
import {
	errorOf,
	hintsOf,
	itemsOf,
	ListeningWorkflow,
	type PushRequest,
	type TriggerExecution,
	type TriggerOptions,
} from './triggerEngine';

const open: ListeningWorkflow[] = [];

const listen = async (options: TriggerOptions): Promise<ListeningWorkflow> => {
	const workflow = await ListeningWorkflow.start(options);
	open.push(workflow);
	return workflow;
};

const listenAs = async ({ name, credentials }: Kind, more: Partial<TriggerOptions> = {}) =>
	await listen({ name, credentials, ...more });

const listenToSms = async (more: Partial<TriggerOptions> = {}) =>
	await listen({ name: 'm2mSmsTrigger', credentials: m2mCredential, ...more });

const listenToAlerts = async (parameters: TriggerOptions['parameters']) =>
	await listen({ name: 'm2mFlowAlertTrigger', credentials: m2mCredential, parameters });

/** What a part of n8n waits for. */
function gate() {
	let settle: (error?: Error) => void = () => {};
	const opened = new Promise<void>((resolve, reject) => {
		settle = (error) => (error ? reject(error) : resolve());
	});
	opened.catch(() => {});
	return { opened, open: () => settle(), fail: () => settle(new Error('The disk is full')) };
}

const BOUNDARY = '----------------------------boundary';

const first = (executions: readonly TriggerExecution[]): TriggerExecution => {
	const [execution] = executions;
	if (!execution) throw new Error('No execution');
	return execution;
};

afterEach(async () => {
	await Promise.all(open.splice(0).map(async (workflow) => await workflow.stop()));
	processedData.clear();
	processedData.isBroken = false;
	jest.restoreAllMocks();
});

describe.each(kinds.map((kind) => [kind.name, kind] as const))('%s', (_name, kind) => {
	test('acknowledges a push, and gives one item a record', async () => {
		const workflow = await listenAs(kind);
		const [one, other] = [fresh(), fresh()];
		const answer = await workflow.push(kind.push(one), kind.request);
		expect(answer).toEqual({
			status: 200,
			text: kind.acknowledgement,
			contentType: 'text/plain; charset=utf-8',
		});
		await workflow.push(kind.push(other), kind.request);
		expect(await workflow.items()).toEqual([kind.item(one), kind.item(other)]);
		expect(workflow.executions.map(({ mode }) => mode)).toEqual(['webhook', 'webhook']);
		expect(first(workflow.executions).run?.status).toBe('success');
	});

	test('with Simplify off, the row comes as the vendor wrote it', async () => {
		const workflow = await listenAs(kind, { parameters: { simplify: false } });
		const text = fresh();
		await workflow.push(kind.push(text), kind.request);
		const [item] = await workflow.items();
		expect(item).toMatchObject(kind.rawItem(text));
		expect(item).not.toHaveProperty('event');
	});

	test('refuses an address that is not allowed, whatever it sends', async () => {
		const options = { ipAllowlist: '203.0.113.7, 2001:db8::/32' };
		const workflow = await listenAs(kind, { parameters: { options } });
		const plain = { ...kind.request, contentType: 'text/plain' };
		expect(await workflow.answerTo(kind.push(fresh()), kind.request)).toEqual([403, kind.refusal]);
		expect(await workflow.answerTo('not a push', plain)).toEqual([403, kind.refusal]);
		expect(await workflow.count()).toBe(0);
		// Nobody gets so far as to have the credential read.
		expect(workflow.credentialReads).toBe(0);
	});

	test('takes a push from an address that is allowed', async () => {
		const options = { ipAllowlist: '203.0.113.7, 127.0.0.0/8' };
		const workflow = await listenAs(kind, { parameters: { options } });
		const answer = await workflow.answerTo(kind.push(fresh()), kind.request);
		expect(answer).toEqual([200, kind.acknowledgement]);
	});

	test.each(['', '[]', 'null', '{}', '<html></html>', 'Hello', '{"msgtype":1}'])(
		'refuses what is no push: %s',
		async (body) => {
			const workflow = await listenAs(kind);
			const answer = await workflow.push(body, { ...kind.request, contentType: 'text/plain' });
			expect(answer).toMatchObject({ status: 400, text: kind.refusal });
			expect(answer.contentType).toBe('text/plain; charset=utf-8');
			expect(await workflow.count()).toBe(0);
		},
	);

	test('refuses the pushes of the other triggers', async () => {
		const workflow = await listenAs(kind);
		const others = kinds.filter(({ name }) => name !== kind.name);
		for (const other of others) {
			const request = { ...kind.request, contentType: other.request.contentType };
			expect(await workflow.answerTo(other.push(fresh()), request)).toEqual([400, kind.refusal]);
		}
		expect(await workflow.count()).toBe(0);
	});

	test('drops a repeat, and acknowledges it', async () => {
		const workflow = await listenAs(kind);
		const text = fresh();
		for (let time = 0; time < 3; time++) {
			const answer = await workflow.answerTo(kind.push(text), kind.request);
			expect(answer).toEqual([200, kind.acknowledgement]);
			await workflow.ended();
		}
		expect(await workflow.items()).toEqual([kind.item(text)]);
	});

	test('recognises a repeat after n8n was started again', async () => {
		const workflow = await listenAs(kind);
		const text = fresh();
		await workflow.push(kind.push(text), kind.request);
		await workflow.ended();
		workflow.restart();
		const answer = await workflow.answerTo(kind.push(text), kind.request);
		expect(answer).toEqual([200, kind.acknowledgement]);
		expect(await workflow.items()).toEqual([kind.item(text)]);
	});

	test('with Deduplicate off, gives a repeat once more', async () => {
		const workflow = await listenAs(kind, { parameters: { options: { deduplicate: false } } });
		const text = fresh();
		for (let time = 0; time < 2; time++) await workflow.push(kind.push(text), kind.request);
		expect(await workflow.items()).toEqual([kind.item(text), kind.item(text)]);
	});

	test('shows a repeat in a test', async () => {
		const workflow = await listenAs(kind);
		await workflow.activate('manual');
		const text = fresh();
		for (let time = 0; time < 2; time++) {
			const answer = await workflow.push(kind.push(text), { ...kind.request, test: true });
			expect([answer.status, answer.text]).toEqual([200, kind.acknowledgement]);
			expect(answer.contentType).toBe('text/plain; charset=utf-8');
		}
		expect(await workflow.items()).toEqual([kind.item(text), kind.item(text)]);
		expect(workflow.executions.map(({ mode }) => mode)).toEqual(['manual', 'manual']);
	});

	test('does not take what a test showed for a repeat later', async () => {
		const workflow = await listenAs(kind);
		const text = fresh();
		await workflow.push(kind.push(text), { ...kind.request, test: true });
		await workflow.ended();
		await workflow.push(kind.push(text), kind.request);
		expect(await workflow.items()).toEqual([kind.item(text), kind.item(text)]);
	});

	test('does not acknowledge a push whose execution n8n cannot store', async () => {
		const workflow = await listenAs(kind);
		const text = fresh();
		workflow.storing = async () => await Promise.reject(new Error('The disk is full'));
		const answer = await workflow.push(kind.push(text), kind.request);
		expect([answer.status, answer.text]).toEqual([500, kind.refusal]);
		expect(answer.contentType).toBe('text/plain; charset=utf-8');
		workflow.storing = async () => {};
		// The vendor tries again.
		const again = await workflow.answerTo(kind.push(text), kind.request);
		expect(again).toEqual([200, kind.acknowledgement]);
		expect(await workflow.items()).toEqual([kind.item(text)]);
	});

	test('acknowledges what n8n has stored, whatever becomes of its first step', async () => {
		// An expression that cannot be evaluated, of a parameter that only the execution reads.
		const workflow = await listenAs(kind, { parameters: { simplify: '={{ not a script }}' } });
		const answer = await workflow.answerTo(kind.push(fresh()), kind.request);
		expect(answer).toEqual([200, kind.acknowledgement]);
		await workflow.ended();
		expect(errorOf(first(workflow.executions))).toBeDefined();
	});

	test('refuses where an option cannot be read, so that the vendor tries again', async () => {
		const workflow = await listenAs(kind);
		const error = jest.spyOn(workflow.logger, 'error').mockImplementation(() => {});
		const broken = { options: { ipAllowlist: '={{ not a script }}' } };
		await expect(listenAs(kind, { parameters: broken })).rejects.toThrow();
		workflow.breakParameters(broken);
		const answer = await workflow.answerTo(kind.push(fresh()), kind.request);
		expect(answer).toEqual([500, kind.refusal]);
		expect(error).toHaveBeenCalledWith(expect.stringContaining('could not be received'));
		expect(await workflow.count()).toBe(0);
	});

	test('is not activated with an allowlist that holds a slip', async () => {
		const options = { ipAllowlist: '203.0.113.7, 203.0.113.300' };
		const activation = listenAs(kind, { parameters: { options } });
		await expect(activation).rejects.toThrow(
			'IP Allowlist "203.0.113.300" is not an IP address or CIDR block',
		);
	});

	test('allows nobody by an entry of the allowlist that is a slip', async () => {
		const workflow = await listenAs(kind);
		const warn = jest.spyOn(workflow.logger, 'warn').mockImplementation(() => {});
		workflow.breakParameters({ options: { ipAllowlist: '127.0.0.300' } });
		const answer = await workflow.answerTo(kind.push(fresh()), kind.request);
		expect(answer).toEqual([403, kind.refusal]);
		expect(warn).toHaveBeenCalledWith(expect.stringContaining('"127.0.0.300" in it is not'));
	});

	test.each([
		',',
		'={{ null }}',
		'={{ undefined }}',
		"={{ '' }}",
		'={{ {} }}',
		'={{ 7 }}',
		'={{ [] }}',
	])('lets nobody in by an allowlist that gives no address: %s', async (ipAllowlist) => {
		const workflow = await listenAs(kind, { parameters: { options: { ipAllowlist } } });
		const warn = jest.spyOn(workflow.logger, 'warn').mockImplementation(() => {});
		const answer = await workflow.answerTo(kind.push(fresh()), kind.request);
		expect(answer).toEqual([403, kind.refusal]);
		expect(warn).toHaveBeenCalledWith(expect.stringContaining('the node is misconfigured'));
		expect(await workflow.count()).toBe(0);
	});

	test.each(['', '  '])('lets everybody in by an empty allowlist: "%s"', async (ipAllowlist) => {
		const workflow = await listenAs(kind, { parameters: { options: { ipAllowlist } } });
		const answer = await workflow.answerTo(kind.push(fresh()), kind.request);
		expect(answer).toEqual([200, kind.acknowledgement]);
	});

	test('says in the log why it refuses, with advice on proxies', async () => {
		const options = { ipAllowlist: '203.0.113.7' };
		const workflow = await listenAs(kind, { parameters: { options } });
		const warn = jest.spyOn(workflow.logger, 'warn').mockImplementation(() => {});
		await workflow.push(kind.push(fresh()), kind.request);
		const [[line]] = warn.mock.calls as [[string]];
		expect(line).toContain('"Trigger" was refused');
		expect(line).toContain('does not hold the address 127.0.0.1');
		expect(line).toContain('N8N_PROXY_HOPS');
	});

	test('behind a proxy, goes by the address of the sender', async () => {
		const options = { ipAllowlist: '203.0.113.0/24' };
		const workflow = await listenAs(kind, { parameters: { options }, proxyHops: 1 });
		const from = (address: string): PushRequest => ({
			...kind.request,
			headers: { 'x-forwarded-for': address },
		});
		// What the sender itself writes into the header comes first, and counts for nothing.
		const forged = from('203.0.113.9, 198.51.100.1');
		expect(await workflow.answerTo(kind.push(fresh()), forged)).toEqual([403, kind.refusal]);
		const real = from('198.51.100.1, 203.0.113.9');
		const answer = await workflow.answerTo(kind.push(fresh()), real);
		expect(answer).toEqual([200, kind.acknowledgement]);
	});
});

describe('the signature of an M2M push', () => {
	test('made with another password is refused', async () => {
		const workflow = await listenToSms();
		const warn = jest.spyOn(workflow.logger, 'warn').mockImplementation(() => {});
		expect(await workflow.answerTo(signedByHand('another', fresh()))).toEqual([401, 'FAIL']);
		expect(warn).toHaveBeenCalledWith(expect.stringContaining('its signature is wrong'));
		expect(await workflow.count()).toBe(0);
	});

	test('made with the password passes, in either case of its digits', async () => {
		const workflow = await listenToSms();
		const push = JSON.parse(signedByHand(PASSWORD, fresh())) as { sign: string };
		const upper = JSON.stringify({ ...push, sign: push.sign.toUpperCase() });
		expect(await workflow.answerTo(upper)).toEqual([200, 'OK']);
	});

	test.each([
		['m2mSmsTrigger', 'notice_smssend'],
		['m2mFlowAlertTrigger', 'notice_flowmonitor'],
	])('made with an empty password is refused by %s', async (name, type) => {
		const credentials = { m2mCardApi: { ...m2mCredential.m2mCardApi, password: '' } };
		const workflow = await listen({ name, credentials });
		expect(await workflow.answerTo(signedByHand('', fresh(), type))).toEqual([401, 'FAIL']);
		expect(await workflow.count()).toBe(0);
	});

	test('is needed for events that nobody asked for, too', async () => {
		const workflow = await listenToSms({ parameters: { events: ['smsReceived'] } });
		expect(await workflow.answerTo(signedByHand('another', fresh()))).toEqual([401, 'FAIL']);
	});

	test('is needed in a test, too', async () => {
		const workflow = await listenToSms();
		const request = { test: true };
		expect(await workflow.answerTo(signedByHand('another', fresh()), request)).toEqual([
			401,
			'FAIL',
		]);
	});

	test('is checked with a new password as soon as the credential has it', async () => {
		const credentials = { m2mCardApi: { ...m2mCredential.m2mCardApi } };
		const workflow = await listenToSms({ credentials });
		await workflow.push(sentPush(sentRow(fresh())));
		credentials.m2mCardApi.password = 'changed';
		expect(await workflow.answerTo(signedByHand('changed', fresh()))).toEqual([200, 'OK']);
	});

	test('takes one look at the credential for many pushes', async () => {
		const workflow = await listenToSms();
		for (let nth = 0; nth < 5; nth++) await workflow.push(sentPush(sentRow(fresh())));
		expect(workflow.credentialReads).toBe(1);
	});

	test('is not asked for where the body is no push: the body is refused first', async () => {
		const workflow = await listenToSms();
		const foreign = signedByHand('another', fresh()).replace('notice_smssend', 'notice_other');
		expect(await workflow.answerTo(foreign)).toEqual([400, 'FAIL']);
	});
});

describe('an old or altered push of the M2M platform', () => {
	const at = (hoursAgo: number) => ({
		password: PASSWORD,
		requesttime: makeRequestTime(Date.now() - hoursAgo * 3_600_000),
	});
	const sent = (text: string, options: { password: string; requesttime?: string }) =>
		buildM2mPush('notice_smssend', [sentRow(text)], options);
	/** The push with other rows, under the same signature. */
	const withRows = (push: string, ...datas: object[]): string =>
		JSON.stringify({ ...(JSON.parse(push) as object), datas });

	const expectRefusal = async (workflow: ListeningWorkflow, push: string, reason: string) => {
		const warn = jest.spyOn(workflow.logger, 'warn').mockImplementation(() => {});
		expect(await workflow.answerTo(push)).toEqual([401, 'FAIL']);
		expect(warn).toHaveBeenCalledWith(expect.stringContaining(reason));
		warn.mockRestore();
	};

	test('with more rows than its count is refused, with fewer it is taken', async () => {
		const workflow = await listenToSms();
		const two = sentPush(sentRow(fresh()), sentRow(fresh()));
		const rows = [1, 2, 3].map(() => sentRow(fresh()));
		await expectRefusal(workflow, withRows(two, ...rows), 'more rows (3) than its signature');
		expect(await workflow.answerTo(withRows(two, ...rows.slice(2)))).toEqual([200, 'OK']);
		expect(await workflow.items()).toHaveLength(1);
	});

	test.each([
		['six years', 6 * 365 * 24],
		['a day and a bit', 24.1],
	])('that was signed %s ago is refused, unless any age is allowed', async (_age, hours) => {
		const workflow = await listenToSms();
		await expectRefusal(workflow, sent(fresh(), at(hours)), 'longer ago than allowed');
		expect(await workflow.count()).toBe(0);
		const any = await listenToSms({ parameters: { options: { maxAgeHours: 0 } } });
		expect(await any.answerTo(sent(fresh(), at(hours)))).toEqual([200, 'OK']);
	});

	test('is as old as the option allows', async () => {
		const workflow = await listenToSms({ parameters: { options: { maxAgeHours: 2 } } });
		expect(await workflow.answerTo(sent(fresh(), at(1.9)))).toEqual([200, 'OK']);
		await expectRefusal(workflow, sent(fresh(), at(2.1)), 'longer ago than allowed');
	});

	test('that is signed for a time to come is taken within the hours of the option', async () => {
		const workflow = await listenToSms();
		expect(await workflow.answerTo(sent(fresh(), at(-12)))).toEqual([200, 'OK']);
		await expectRefusal(workflow, sent(fresh(), at(-25)), 'still to come');
	});

	test.each(['now', '', '20241', '20249999999999', '٢٠٢٤٠١٠٢١٣٠٤٠٥'])(
		'whose time cannot be read is refused, unless any age is allowed: "%s"',
		async (requesttime) => {
			const push = sent(fresh(), { password: PASSWORD, requesttime });
			const workflow = await listenToSms();
			await expectRefusal(workflow, push, 'cannot be read');
			const any = await listenToSms({ parameters: { options: { maxAgeHours: 0 } } });
			expect(await any.answerTo(push)).toEqual([200, 'OK']);
		},
	);

	test('under a signature that came with other rows is refused', async () => {
		const workflow = await listenToSms();
		const [one, other] = [sentRow(fresh()), sentRow(fresh())];
		const push = sentPush(one);
		expect(await workflow.answerTo(push)).toEqual([200, 'OK']);
		await expectRefusal(workflow, withRows(push, other), 'with other rows');
		await expectRefusal(workflow, withRows(push), 'with other rows');
		const { sign } = JSON.parse(push) as { sign: string };
		const upper = JSON.stringify({ ...(JSON.parse(push) as object), sign: sign.toUpperCase() });
		await expectRefusal(workflow, withRows(upper, other), 'with other rows');
		expect(await workflow.answerTo(upper)).toEqual([200, 'OK']);
		expect(await workflow.items()).toHaveLength(1);
	});

	test('with the same rows, in whatever order, is a repeat', async () => {
		const workflow = await listenToSms({ parameters: { options: { deduplicate: false } } });
		const [one, other] = [sentRow(fresh()), sentRow(fresh())];
		const push = buildM2mPush('notice_smssend', [one, other], {
			password: PASSWORD,
			encodeContent: false,
		});
		expect(await workflow.answerTo(push)).toEqual([200, 'OK']);
		expect(await workflow.answerTo(withRows(push, other, one))).toEqual([200, 'OK']);
		expect(await workflow.items()).toHaveLength(4);
	});

	test('is known by its signature also where nobody asked for its rows', async () => {
		const workflow = await listenToSms({ parameters: { events: ['smsReceived'] } });
		const push = sentPush(sentRow(fresh()));
		expect(await workflow.answerTo(push)).toEqual([200, 'OK']);
		await expectRefusal(workflow, withRows(push, sentRow(fresh())), 'with other rows');
		expect(await workflow.answerTo(push)).toEqual([200, 'OK']);
	});

	test('does not take the place of the real alert of a cycle', async () => {
		const options = { oncePerBillingCycle: true };
		const workflow = await listenToAlerts({ options });
		const january = alertPush({ ...alertRow('1'), billingdate: '2023-12-01' });
		expect(await workflow.answerTo(january)).toEqual([200, 'OK']);
		await expectRefusal(workflow, withRows(january, alertRow('1', '1', '0', '0')), 'other rows');
		expect(await workflow.answerTo(alertPush(alertRow('1')))).toEqual([200, 'OK']);
		expect((await workflow.items()).map(({ usedDataKb }) => usedDataKb)).toEqual([9300, 9300]);
	});

	test.each([true, false])(
		'gives no items after n8n was started again, and takes no place (Deduplicate %s)',
		async (deduplicate) => {
			const options = { oncePerBillingCycle: true, deduplicate };
			const workflow = await listenToAlerts({ options });
			const push = alertPush({ ...alertRow('1'), billingdate: '2023-12-01' });
			await workflow.push(push);
			await workflow.ended();
			workflow.restart();
			const warn = jest.spyOn(workflow.logger, 'warn').mockImplementation(() => {});
			for (let time = 0; time < 2; time++) {
				await workflow.push(withRows(push, alertRow('1', '1', '0', '0')));
				await workflow.ended();
				workflow.restart();
			}
			expect(warn).toHaveBeenCalledTimes(2);
			expect(warn).toHaveBeenCalledWith(expect.stringContaining('were dropped'));
			expect(await workflow.items()).toHaveLength(1);
			await workflow.push(withRows(push, alertRow('1', '1', '0', '0')));
			await workflow.ended();
			expect(await workflow.answerTo(alertPush(alertRow('1')))).toEqual([200, 'OK']);
			expect((await workflow.items()).map(({ usedDataKb }) => usedDataKb)).toEqual([9300, 9300]);
		},
	);

	test('with Deduplicate off gives no items after n8n was started again', async () => {
		const workflow = await listenToSms({ parameters: { options: { deduplicate: false } } });
		const push = sentPush(sentRow(fresh()));
		await workflow.push(push);
		await workflow.ended();
		workflow.restart();
		jest.spyOn(workflow.logger, 'warn').mockImplementation(() => {});
		await workflow.push(withRows(push, sentRow(fresh())));
		expect(await workflow.items()).toHaveLength(1);
		workflow.restart();
		await workflow.push(push);
		expect(await workflow.items()).toHaveLength(2);
	});
});

test.each(['={{ null }}', "={{ '' }}", '={{ true }}', '={{ {} }}', null, {}, ''])(
	'a password of the M2M platform that is no text proves nothing: %j',
	async (password) => {
		const credentials = { m2mCardApi: { ...m2mCredential.m2mCardApi, password } };
		const workflow = await listenToSms({
			credentials: credentials as TriggerOptions['credentials'],
		});
		for (const guess of ['', 'null', 'true', '[object Object]', 'undefined']) {
			expect(await workflow.answerTo(signedByHand(guess, fresh()))).toEqual([401, 'FAIL']);
		}
	},
);

test.each([12345678, '={{ 12345678 }}', ' 12345678\r\n', '\u200b12345678\u00a0'])(
	'a password of the M2M platform is its text, without what was pasted around it: %j',
	async (password) => {
		const credentials = { m2mCardApi: { ...m2mCredential.m2mCardApi, password } };
		const workflow = await listenToSms({ credentials });
		expect(await workflow.answerTo(signedByHand('12345678', fresh()))).toEqual([200, 'OK']);
	},
);

describe.each([
	['smsPlatformTrigger', smsCredential, 'error', '1', () => reportPush(fresh())],
	['trafficRechargeTrigger', trafficCredential, 'Fail', 'Success', () => orderPush(fresh())],
] as const)('the push token of %s', (name, credentials, refusal, acknowledgement, push) => {
	const plain = { contentType: 'text/plain' };

	test.each(['', '?token=', `?token=${TOKEN}%20`, '?token=wrong', `?token=x&token=${TOKEN}`])(
		'is missing or wrong: "%s"',
		async (query) => {
			const workflow = await listen({ name, credentials });
			expect(await workflow.answerTo(push(), { ...plain, query })).toEqual([401, refusal]);
			expect(await workflow.answerTo('no push', { ...plain, query })).toEqual([401, refusal]);
			expect(await workflow.count()).toBe(0);
		},
	);

	/** What the field of the credential holds, and what nobody may get in with. */
	const withToken = async (pushToken: unknown) => {
		const [[type, data]] = Object.entries<object>(credentials) as [[string, object]];
		const stored = { ...data, pushToken } as ICredentialDataDecryptedObject;
		return await listen({ name, credentials: { [type]: stored } });
	};

	test.each([
		...['={{ null }}', '={{ undefined }}', "={{ '' }}", "={{ ' ' }}", '={{ true }}', '={{ {} }}'],
		...['={{ [] }}', "={{ ['a'] }}", '={{ NaN }}', null, true, false, {}, ['a']],
	])('lets nobody in where the credential gives no text: %j', async (pushToken) => {
		const workflow = await withToken(pushToken);
		const warn = jest.spyOn(workflow.logger, 'warn').mockImplementation(() => {});
		for (const token of ['', 'null', 'undefined', 'true', 'false', '[object Object]', 'a', 'NaN']) {
			for (const query of [`?token=${token}`, '']) {
				expect(await workflow.answerTo(push(), { ...plain, query })).toEqual([401, refusal]);
			}
		}
		expect(warn).toHaveBeenCalledWith(expect.stringContaining('the credential is misconfigured'));
		expect(await workflow.count()).toBe(0);
	});

	test.each([12345678, '={{ 12345678 }}', ' 12345678\n', '\u200b12345678\u00a0'])(
		'is its text, without what was pasted around it: %j',
		async (pushToken) => {
			const workflow = await withToken(pushToken);
			expect(await workflow.answerTo(push(), plain)).toEqual([401, refusal]);
			const right = { ...plain, query: '?token=12345678' };
			expect(await workflow.answerTo(push(), right)).toEqual([200, acknowledgement]);
		},
	);

	test.each([undefined, '', ' \n'])('is not asked for where it is empty: %j', async (pushToken) => {
		const workflow = await withToken(pushToken);
		expect(await workflow.answerTo(push(), plain)).toEqual([200, acknowledgement]);
	});

	test('is not asked for without a credential', async () => {
		const workflow = await listen({ name });
		expect(await workflow.answerTo(push(), plain)).toEqual([200, acknowledgement]);
	});

	test('is not asked for where the credential has none', async () => {
		const [[type, data]] = Object.entries<Record<string, string>>(credentials) as [
			[string, Record<string, string>],
		];
		const workflow = await listen({ name, credentials: { [type]: { ...data, pushToken: '' } } });
		expect(await workflow.answerTo(push(), plain)).toEqual([200, acknowledgement]);
	});
});

describe('what nobody asked for is acknowledged, and starts nothing', () => {
	test('an event that is not selected', async () => {
		const received = await listenToSms({ parameters: { events: ['smsReceived'] } });
		expect(await received.answerTo(sentPush(sentRow(fresh())))).toEqual([200, 'OK']);
		expect(await received.count()).toBe(0);
		expect(await received.answerTo(receivedPush('Hi'))).toEqual([200, 'OK']);
		expect(await received.items()).toEqual([
			expect.objectContaining({ event: 'smsReceived', content: 'Hi' }),
		]);
	});

	test('a reply, where only reports are selected', async () => {
		const reports = await listen({
			name: 'smsPlatformTrigger',
			parameters: { events: ['statusReport'] },
		});
		const xml = { contentType: 'text/xml' };
		expect(await reports.answerTo(replyPush('Hi'), xml)).toEqual([200, '1']);
		expect(await reports.answerTo('<returnsms/>', xml)).toEqual([200, '1']);
		expect(await reports.count()).toBe(0);
	});

	test('in a test, too', async () => {
		const workflow = await listenToSms({ parameters: { events: ['smsReceived'] } });
		const answer = await workflow.answerTo(sentPush(sentRow(fresh())), { test: true });
		expect(answer).toEqual([200, 'OK']);
		expect(await workflow.count()).toBe(0);
	});

	test('a push without rows', async () => {
		const workflow = await listenToSms();
		expect(await workflow.answerTo(sentPush())).toEqual([200, 'OK']);
		expect(await workflow.count()).toBe(0);
	});

	test('a card below the chosen level', async () => {
		const workflow = await listenToAlerts({ level: 'alert' });
		expect(await workflow.answerTo(alertPush(alertRow(fresh(), '1', '0')))).toEqual([200, 'OK']);
		expect(await workflow.count()).toBe(0);
		const alerted = fresh();
		const both = alertPush(alertRow(fresh(), '1', '0'), alertRow(alerted, '1', '1'));
		expect(await workflow.answerTo(both)).toEqual([200, 'OK']);
		expect(await workflow.items()).toEqual([expect.objectContaining({ cardNumber: alerted })]);
	});
});

describe('repeats', () => {
	test('are recognised by record: the rest of a push is new', async () => {
		const workflow = await listenToSms();
		const [one, other] = [sentRow(fresh()), sentRow(fresh())];
		await workflow.push(sentPush(one));
		await workflow.ended();
		await workflow.push(sentPush(one, other));
		expect(await workflow.items()).toEqual([sentItem(one.sendkey), sentItem(other.sendkey)]);
	});

	test('are not a later status of the same message', async () => {
		const workflow = await listenToSms();
		const key = fresh();
		for (const status of ['0', '1', '0']) {
			await workflow.push(sentPush(sentRow(key, status)));
			await workflow.ended();
		}
		expect(await workflow.items()).toEqual([sentItem(key, 'failed', '0'), sentItem(key)]);
	});

	test('of records that one push holds twice are two', async () => {
		const workflow = await listenToSms();
		const row = sentRow(fresh());
		await workflow.push(sentPush(row, row));
		await workflow.ended();
		await workflow.push(sentPush(row, row));
		expect(await workflow.items()).toEqual([sentItem(row.sendkey), sentItem(row.sendkey)]);
	});

	test('need no execution while n8n runs', async () => {
		const workflow = await listenToSms();
		const row = sentRow(fresh());
		await workflow.push(sentPush(row));
		await workflow.ended();
		await workflow.push(sentPush(row));
		expect(await workflow.count()).toBe(1);
	});

	test('are dropped without the database while n8n runs, and pass after it was started again', async () => {
		processedData.isBroken = true;
		const workflow = await listenToSms();
		const row = sentRow(fresh());
		for (let time = 0; time < 2; time++) {
			expect(await workflow.answerTo(sentPush(row))).toEqual([200, 'OK']);
			await workflow.ended();
		}
		expect(await workflow.items()).toHaveLength(1);
		workflow.restart();
		await workflow.push(sentPush(row));
		expect(await workflow.items()).toHaveLength(2);
	});

	test('are kept in a row of their own, as are signatures, and no lock is left behind', async () => {
		const workflow = await listenToSms();
		await workflow.push(sentPush(sentRow(fresh())));
		await workflow.ended();
		expect(processedData.rowsOf(workflow.workflowId)).toEqual([
			expect.stringMatching(/^n:shared row sealed /),
			expect.stringMatching(/^n:shared row seen /),
		]);
	});

	test('of another workflow are its own', async () => {
		const [one, other] = [await listenToSms(), await listenToSms()];
		const row = sentRow(fresh());
		await one.push(sentPush(row));
		await other.push(sentPush(row));
		expect(await one.items()).toHaveLength(1);
		expect(await other.items()).toHaveLength(1);
	});

	test('copies at the same instant give one item', async () => {
		const workflow = await listenToSms();
		const row = sentRow(fresh());
		const copies = Array.from({ length: 8 }, async () => await workflow.answerTo(sentPush(row)));
		expect(new Set((await Promise.all(copies)).map(String))).toEqual(new Set(['200,OK']));
		expect(await workflow.items()).toEqual([sentItem(row.sendkey)]);
	});

	test('once per billing cycle: a card, a level and a cycle', async () => {
		const workflow = await listenToAlerts({ options: { oncePerBillingCycle: true } });
		const pushes = [
			alertRow('1', '1', '0', '8300'),
			alertRow('1', '1', '0', '8400'),
			alertRow('2', '1', '0', '8400'),
			alertRow('1', '1', '1', '9300'),
			alertRow('1', '1', '1', '9400'),
			{ ...alertRow('1', '1', '0', '8300'), billingdate: '2024-02-01' },
		];
		for (const row of pushes) {
			expect(await workflow.answerTo(alertPush(row))).toEqual([200, 'OK']);
			await workflow.ended();
		}
		const items = await workflow.items();
		expect(items.map(({ cardNumber, usedDataKb }) => [cardNumber, usedDataKb])).toEqual([
			['1', 8300],
			['2', 8400],
			['1', 9300],
			['1', 8300],
		]);
	});

	test('once per billing cycle holds with Deduplicate off', async () => {
		const options = { oncePerBillingCycle: true, deduplicate: false };
		const workflow = await listenToAlerts({ options });
		for (const used of ['8300', '8400']) {
			await workflow.push(alertPush(alertRow('1', '1', '0', used)));
			await workflow.ended();
		}
		expect(await workflow.items()).toHaveLength(1);
	});

	test('without the option, each day’s alert comes', async () => {
		const workflow = await listenToAlerts({});
		for (const used of ['8300', '8400']) {
			await workflow.push(alertPush(alertRow('1', '1', '0', used)));
		}
		expect(await workflow.items()).toHaveLength(2);
	});
});

test('the end of a test takes nothing from the workflow in production', async () => {
	const workflow = await listenToSms();
	const [row, waiting] = [sentRow(fresh()), sentRow(fresh())];
	await workflow.push(sentPush(row));
	await workflow.ended();
	const storing = gate();
	workflow.storing = async () => await storing.opened;
	const answers = [workflow.answerTo(sentPush(waiting))];
	await workflow.received(2);
	// So n8n ends a test: as if the workflow were switched off.
	await workflow.activate('manual');
	await workflow.deactivate();
	answers.push(workflow.answerTo(sentPush(waiting)), workflow.answerTo(sentPush(row)));
	await workflow.received(4);
	storing.open();
	expect(await Promise.all(answers)).toEqual(answers.map(() => [200, 'OK']));
	expect(await workflow.count()).toBe(2);
});

describe('an execution that is run again', () => {
	test('by the user, after a crash, gets its records', async () => {
		const workflow = await listenToSms();
		const key = fresh();
		await workflow.push(sentPush(sentRow(key)));
		await workflow.ended();
		// The n8n that was started again knows only what its database holds.
		workflow.restart();
		const again = await workflow.runAgain(first(workflow.executions), 'retry');
		expect(itemsOf(again)).toEqual([sentItem(key)]);
	});

	test('by the user, after the vendor’s next try brought its records, gets none', async () => {
		const workflow = await listenToSms();
		const row = sentRow(fresh());
		await workflow.push(sentPush(row));
		await workflow.ended();
		// It broke off before it had written anything down.
		workflow.restart();
		processedData.clear();
		await workflow.push(sentPush(row));
		await workflow.ended();
		expect(workflow.executions.map((execution) => itemsOf(execution).length)).toEqual([1, 1]);
		const again = await workflow.runAgain(first(workflow.executions), 'retry');
		expect(errorOf(again)).toBeUndefined();
		expect(itemsOf(again)).toEqual([]);
	});

	test('by n8n, while the first run is known, stops and works on nothing', async () => {
		const workflow = await listenToSms();
		await workflow.push(sentPush(sentRow(fresh())));
		await workflow.ended();
		const again = await workflow.runAgain(first(workflow.executions), 'webhook');
		expect(errorOf(again)?.message).toBe('n8n has started this execution twice');
		expect(itemsOf(again)).toEqual([]);
	});
});

describe('pushes that come while an execution is being stored', () => {
	/** One push whose execution is being stored, and two that wait for it. */
	async function threePushes() {
		const workflow = await listenToSms();
		const keys = [fresh(), fresh(), fresh()];
		const [one, two] = [gate(), gate()];
		const gates = [one, two];
		workflow.storing = async () => await gates.shift()?.opened;
		const answers: Array<Promise<[number, string]>> = [];
		for (const [at, key] of keys.entries()) {
			answers.push(workflow.answerTo(sentPush(sentRow(key))));
			await workflow.received(at + 1);
		}
		return { workflow, keys, answers, one, two };
	}

	test('share the next one, and are acknowledged with it', async () => {
		const { workflow, keys, answers, one, two } = await threePushes();
		one.open();
		two.open();
		expect(await Promise.all(answers)).toEqual(keys.map(() => [200, 'OK']));
		expect((await workflow.items()).map(({ sendKey }) => sendKey)).toEqual(keys);
		expect(workflow.executions.map((execution) => itemsOf(execution).length)).toEqual([1, 2]);
	});

	test('are refused with the one that could not be stored', async () => {
		const { workflow, keys, answers, one, two } = await threePushes();
		one.open();
		two.fail();
		const [stored, starter, other] = await Promise.all(answers);
		expect(stored).toEqual([200, 'OK']);
		expect(starter).toEqual([500, 'FAIL']);
		expect(other).toEqual([500, 'FAIL']);
		expect((await workflow.items()).map(({ sendKey }) => sendKey)).toEqual(keys.slice(0, 1));
	});

	test('start one of their own when the one before could not be stored', async () => {
		const { workflow, keys, answers, one, two } = await threePushes();
		one.fail();
		two.open();
		const [failed, ...others] = await Promise.all(answers);
		expect(failed?.[0]).toBe(500);
		expect(others).toEqual([
			[200, 'OK'],
			[200, 'OK'],
		]);
		expect((await workflow.items()).map(({ sendKey }) => sendKey)).toEqual(keys.slice(1));
	});

	test('of sixteen senders that give up while n8n is busy, lose none', async () => {
		const workflow = await listenToSms();
		const busy = gate();
		workflow.storing = async () => await busy.opened;
		const keys = Array.from({ length: 16 }, fresh);
		const hangUp = new AbortController();
		for (const key of keys) {
			void workflow.push(sentPush(sentRow(key)), { signal: hangUp.signal }).catch(() => {});
		}
		await workflow.received(16);
		await workflow.stores(2);
		hangUp.abort();
		await workflow.hungUp(16);
		busy.open();
		await workflow.ended();
		expect((await workflow.items()).map(({ sendKey }) => String(sendKey)).sort()).toEqual(keys);
	});

	test('do not start one for a copy of what was stored meanwhile', async () => {
		const workflow = await listenToSms();
		const row = sentRow(fresh());
		const storing = gate();
		workflow.storing = async () => await storing.opened;
		const answers = [workflow.answerTo(sentPush(row))];
		await workflow.received(1);
		answers.push(workflow.answerTo(sentPush(row)));
		await workflow.received(2);
		storing.open();
		expect(await Promise.all(answers)).toEqual([
			[200, 'OK'],
			[200, 'OK'],
		]);
		expect(await workflow.count()).toBe(1);
	});

	test('wait a fraction of a second for it, and then go on without', async () => {
		const workflow = await listenToSms();
		const held = gate();
		const gates = [held];
		workflow.storing = async () => await gates.shift()?.opened;
		const [one, two, three] = [fresh(), fresh(), fresh()];
		const behind = workflow.answerTo(sentPush(sentRow(one)));
		await workflow.received(1);
		const others = [two, three].map(async (key) => await workflow.answerTo(sentPush(sentRow(key))));
		expect(await Promise.all(others)).toEqual([
			[200, 'OK'],
			[200, 'OK'],
		]);
		held.open();
		expect(await behind).toEqual([200, 'OK']);
		const keys = (await workflow.items()).map(({ sendKey }) => sendKey);
		expect(keys).toEqual([two, three, one]);
		expect(workflow.executions).toHaveLength(2);
	});

	test('are put out when their sender has gone', async () => {
		const workflow = await listenToSms();
		const [stays, leaves] = [fresh(), fresh()];
		const storing = gate();
		workflow.storing = async () => await storing.opened;
		const staying = workflow.answerTo(sentPush(sentRow(stays)));
		await workflow.received(1);
		const hangUp = new AbortController();
		const leaving = workflow.answerTo(sentPush(sentRow(leaves)), { signal: hangUp.signal });
		leaving.catch(() => {});
		await workflow.received(2);
		hangUp.abort();
		await expect(leaving).rejects.toThrow('abort');
		await workflow.hungUp(1);
		storing.open();
		expect(await staying).toEqual([200, 'OK']);
		expect(await workflow.items()).toEqual([sentItem(stays), sentItem(leaves)]);
	});
});

describe('a push whose sender hangs up before its execution is stored', () => {
	test('does not keep the others waiting', async () => {
		const workflow = await listenToSms();
		const [leaves, stays] = [fresh(), fresh()];
		const storing = gate();
		const gates = [storing];
		workflow.storing = async () => await gates.shift()?.opened;
		const hangUp = new AbortController();
		const leaving = workflow.answerTo(sentPush(sentRow(leaves)), { signal: hangUp.signal });
		leaving.catch(() => {});
		await workflow.received(1);
		const staying = workflow.answerTo(sentPush(sentRow(stays)));
		await workflow.received(2);
		hangUp.abort();
		await expect(leaving).rejects.toThrow('abort');
		// While the first is still being stored.
		expect(await staying).toEqual([200, 'OK']);
		storing.open();
		await workflow.ended();
		// What n8n has stored in the end, it works on, and the vendor's next try is a repeat of it.
		expect((await workflow.items()).map(({ sendKey }) => sendKey)).toEqual([stays, leaves]);
		expect(await workflow.answerTo(sentPush(sentRow(leaves)))).toEqual([200, 'OK']);
		expect(await workflow.items()).toHaveLength(2);
	});
});

describe('the address of the webhook', () => {
	test('that no vendor can reach is said above what a test shows', async () => {
		const workflow = await listenToSms({ baseUrl: 'http://localhost:5678' });
		await workflow.push(sentPush(sentRow(fresh())), { test: true });
		await workflow.ended();
		const [hint] = hintsOf(first(workflow.executions));
		expect(hint).toContain('"localhost" exists only in your own network');
		expect(hint).toContain('WEBHOOK_URL');
	});

	test('that can be reached needs no word', async () => {
		const workflow = await listenToSms();
		const warn = jest.spyOn(workflow.logger, 'warn').mockImplementation(() => {});
		await workflow.activate();
		await workflow.push(sentPush(sentRow(fresh())), { test: true });
		await workflow.ended();
		expect(hintsOf(first(workflow.executions))).toEqual([]);
		expect(warn).not.toHaveBeenCalled();
	});

	test('that no vendor can reach is logged when the user activates, not at each start', async () => {
		const workflow = await listenToSms({ baseUrl: 'http://192.168.1.10:5678' });
		const warn = jest.spyOn(workflow.logger, 'warn').mockImplementation(() => {});
		await workflow.activate('init');
		expect(warn).not.toHaveBeenCalled();
		await workflow.activate();
		expect(warn).toHaveBeenCalledWith(expect.stringContaining('cannot reach http://192.168.1.10'));
	});

	test('is no matter of production', async () => {
		const workflow = await listenToSms({ baseUrl: 'http://localhost:5678' });
		await workflow.push(sentPush(sentRow(fresh())));
		await workflow.ended();
		expect(hintsOf(first(workflow.executions))).toEqual([]);
	});
});

describe('the body of a push', () => {
	const wrapped: ReadonlyArray<[string, (body: string) => string, PushRequest]> = [
		['text', (body) => body, { contentType: 'text/plain' }],
		['bytes', (body) => body, { contentType: 'application/octet-stream' }],
		['no content type', (body) => body, { contentType: null }],
		['a form that is none', (body) => body, { contentType: 'application/x-www-form-urlencoded' }],
		[
			'a form field',
			(body) => new URLSearchParams({ data: body }).toString(),
			{ contentType: 'application/x-www-form-urlencoded; charset=UTF-8' },
		],
		[
			'a multipart form',
			(body) =>
				[
					`--${BOUNDARY}`,
					'Content-Disposition: form-data; name="data"',
					'',
					body,
					`--${BOUNDARY}--`,
					'',
				].join('\r\n'),
			{ contentType: `multipart/form-data; boundary=${BOUNDARY}` },
		],
	];

	test.each(wrapped)('may come as %s', async (_shape, wrap, request) => {
		for (const typeVersion of [1, 2]) {
			const workflow = await listenToSms({ typeVersion });
			const key = fresh();
			expect(await workflow.answerTo(wrap(sentPush(sentRow(key))), request)).toEqual([200, 'OK']);
			expect(await workflow.items()).toEqual([sentItem(key)]);
		}
	});
});

describe('the charset in the header of a push', () => {
	const asciiLike = ['gbk', 'gb2312', 'gb18030', 'big5', 'iso-8859-1', 'us-ascii', 'windows-1252'];

	test.each([...asciiLike, 'utf-16'])('is refused by n8n itself: %s', async (charset) => {
		const workflow = await listenToSms();
		for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded']) {
			const request = { contentType: `${type}; charset=${charset}` };
			expect((await workflow.answerTo(sentPush(sentRow(fresh())), request))[0]).toBe(422);
		}
	});

	test.each(asciiLike)('is no matter where n8n does not decode: %s', async (charset) => {
		const workflow = await listenToSms();
		const request = { contentType: `application/octet-stream; charset=${charset}` };
		expect(await workflow.answerTo(signedByHand(PASSWORD, fresh()), request)).toEqual([200, 'OK']);
	});
});
