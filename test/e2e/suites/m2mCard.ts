import type { INodeCredentials, INodeParameters } from 'n8n-workflow';
import { m2mCardExamples } from '../../examples/m2mCard';
import { type N8nInstance, type NodeRun, runNode } from '../../harness';
import { type M2mSimulator, startM2mSimulator } from '../../simulator';
import { expectOutputPreview } from '../../support/schemaFile';
import { credentialFor } from './instance';

const NODE = 'n8n-nodes-m2m-iot.m2mCard';
const UNKNOWN_CARD = '9999999999999';

/** The M2M Card node, in a real n8n. */
export function describeM2mCard(instance: () => N8nInstance): void {
	describe('M2M Card', () => {
		let simulator: M2mSimulator;
		let credentials: INodeCredentials;

		beforeAll(async () => {
			simulator = await startM2mSimulator();
			credentials = await credentialFor(instance(), {
				type: 'm2mCardApi',
				data: { baseUrl: `${simulator.url}/`, ...simulator.account },
			});
		});

		afterAll(async () => await simulator.close());

		beforeEach(() => {
			simulator.faults.clear();
			simulator.requests.clear();
		});

		const run = async (parameters: INodeParameters, more: Partial<NodeRun> = {}) =>
			await runNode(instance(), { nodeType: NODE, parameters, credentials, ...more });

		const cards = (count: number) =>
			Array.from({ length: count }, (_, index) => ({
				card: simulator.fleet.cardAt(index).cardcode,
			}));

		const getCard = { resource: 'card', operation: 'get', cardKey: '={{ $json.card }}' };
		const send = {
			resource: 'sms',
			operation: 'send',
			mobile: '={{ $json.card }}',
			content: '你好 Test/1+1=2 😀 & <b>"x"</b>',
		};

		test('the platform takes the signature of every operation, and its output is as previewed', async () => {
			const sendKey = m2mCardExamples['sms.getDelivery']?.parameters.sendKey;
			await run({ ...send, options: { sendKey } } as INodeParameters, { items: cards(1) });
			for (const [name, { parameters, items }] of Object.entries(m2mCardExamples)) {
				const [resource, operation] = name.split('.') as [string, string];
				const result = await run(
					{ resource, operation, ...parameters },
					{ items: items ? [...items] : undefined },
				);
				expect([name, result.error?.message]).toEqual([name, undefined]);
				expectOutputPreview(
					'M2m',
					name,
					result.items.map(({ json }) => json),
				);
			}
		});

		test('ten thousand cards in one field, at a platform that takes some time', async () => {
			const fleet = await startM2mSimulator({ cards: 10_000, latencyMs: 20 });
			try {
				const own = await credentialFor(instance(), {
					type: 'm2mCardApi',
					data: { baseUrl: fleet.url, ...fleet.account },
				});
				const [first, last] = [0, 9_999].map((at) => fleet.fleet.cardAt(at).cardcode);
				const { items, error } = await run(
					{
						...{ resource: 'card', operation: 'getMany', cards: `${first} - ${last}` },
						include: ['status'],
					},
					{ credentials: own },
				);
				expect(error).toBeUndefined();
				expect(items).toHaveLength(10_000);
				expect(items.every(({ json }) => json.found === true)).toBe(true);
				expect(items.at(-1)?.json.cardKey).toBe(last);
				expect(fleet.requests.list()).toHaveLength(10_000);
				expect(fleet.requests.maxConcurrent).toBeGreaterThan(10);
				expect(fleet.requests.maxConcurrent).toBeLessThanOrEqual(100);
			} finally {
				await fleet.close();
			}
		});

		test('a message arrives as it was written', async () => {
			const { items } = await run(send, { items: cards(1) });
			const sent = simulator.state.outbox.find(String(items[0]?.json.sendKey));
			expect(sent?.content).toBe(send.content);
		});

		test('the months are listed without a credential, and each of them is known', async () => {
			const parameters = { resource: 'dataUsage', operation: 'getMonthly' };
			const months = await instance().rest<Array<{ name: string; value: string }>>(
				'POST',
				'/dynamic-node-parameters/options',
				{
					path: 'parameters.month',
					methodName: 'getRecentMonths',
					nodeTypeAndVersion: { name: NODE, version: 1 },
					currentNodeParameters: parameters,
				},
			);
			expect(months).toHaveLength(12);
			expect(months[0]?.name).toMatch(/^This Month /);
			const items = months.map(({ value }) => ({ ...cards(1)[0], month: value }));
			const result = await run(
				{ ...parameters, cardKey: '={{ $json.card }}', month: '={{ $json.month }}' },
				{ items },
			);
			expect(result.error).toBeUndefined();
			expect(new Set(result.items.map(({ json }) => json.month)).size).toBe(12);
		});

		test('a month and a format that are not in their lists are asked for as they are', async () => {
			const month = '2024-01';
			const [card] = cards(1);
			await run({ resource: 'dataUsage', operation: 'getMonthly', cardKey: card?.card, month });
			const { error } = await run(
				{ ...send, operation: 'sendFormatted', format: 200 },
				{ items: cards(1) },
			);
			expect(error).toBeUndefined();
			const bodies = simulator.requests.list().map(({ body }) => JSON.parse(body) as object);
			expect(bodies).toMatchObject([{ month }, { fmt: 200 }]);
		});

		describe('three items, the middle one failing', () => {
			const items = () => cards(2).toSpliced(1, 0, { card: UNKNOWN_CARD });

			beforeEach(() => {
				simulator.faults.add({ match: UNKNOWN_CARD, fault: 'code', value: '0025' });
			});

			test('stop', async () => {
				const result = await run(send, { items: items() });
				expect(result.executionStatus).toBe('error');
				expect(result.error?.message).toBe(
					'M2M platform refused: 0025 wrong mobile number (错误的手机号码)',
				);
				expect(result.error?.description).toContain('Check Recipient');
				expect(result.error?.context).toMatchObject({ itemIndex: 1 });
				expect(simulator.requests.list()).toHaveLength(2);
			});

			test('continue with the regular output', async () => {
				const result = await run(send, { items: items(), onError: 'continueRegularOutput' });
				expect(result.items.map(({ pairedItem }) => pairedItem)).toMatchObject([
					{ item: 0 },
					{ item: 1 },
					{ item: 2 },
				]);
				expect(result.items[1]?.json).toEqual({
					error: 'M2M platform refused: 0025 wrong mobile number (错误的手机号码)',
					message: '错误的手机号码',
					details: { code: '0025', advice: expect.stringContaining('Check Recipient') },
				});
			});

			test('continue with the error output', async () => {
				const result = await run(send, { items: items(), onError: 'continueErrorOutput' });
				expect(result.items.map(({ pairedItem }) => pairedItem)).toMatchObject([
					{ item: 0 },
					{ item: 2 },
				]);
				expect(result.errorItems).toHaveLength(1);
				expect(result.errorItems[0]).toMatchObject({
					json: {
						error: expect.stringContaining('0025'),
						message: '错误的手机号码',
						details: { code: '0025' },
					},
					pairedItem: { item: 1 },
				});
			});
		});

		test('a parameter that is missing is named before anything is sent', async () => {
			const { error } = await run(send, { items: cards(2).toSpliced(1, 0, { card: '' }) });
			expect(error?.message).toBe('Recipient is empty');
			expect(simulator.requests.list()).toEqual([]);
		});

		test('a lost reply to a message is not answered with a second message', async () => {
			simulator.faults.add({ fault: 'reset-after' });
			const { error } = await run(send, { items: cards(1) });
			expect(error?.message).toContain('broke before its reply was complete');
			expect(error?.description).toContain('Check before sending it again');
			expect(simulator.requests.list()).toHaveLength(1);
		});

		test('a host that keeps silent ends in a timeout', async () => {
			simulator.faults.add({ fault: 'hang' });
			const { error } = await run({ ...getCard, options: { timeout: 500 } }, { items: cards(1) });
			expect(error?.message).toBe('M2M platform did not answer in time');
		});

		test('a host where nobody listens is named as such', async () => {
			const elsewhere = await credentialFor(instance(), {
				type: 'm2mCardApi',
				data: { baseUrl: 'http://127.0.0.1:9', ...simulator.account },
			});
			const { error } = await run(getCard, { items: cards(1), credentials: elsewhere });
			expect(error?.message).toBe('M2M platform could not be reached');
			expect(error?.description).toContain('Nothing was sent');
		});

		test('a thousand cards, side by side and in order', async () => {
			const items = cards(1_000);
			const result = await run({ ...getCard, operation: 'getStatus' }, { items });
			expect(result.items.map(({ json }) => json.cardNumber)).toEqual(
				items.map(({ card }) => card),
			);
			expect(simulator.requests.maxConcurrent).toBeLessThanOrEqual(10);
		});

		test('an agent can use it', async () => {
			const { items, error } = await run(
				{ ...getCard, cardKey: "={{ $fromAI('card') }}" },
				{ tool: { card: cards(1)[0]?.card } },
			);
			expect(error).toBeUndefined();
			expect(JSON.stringify(items)).toContain(cards(1)[0]?.card);
		});

		test('the HTTP Request node signs with the credential', async () => {
			const { items, error } = await runNode(instance(), {
				nodeType: 'n8n-nodes-base.httpRequest',
				typeVersion: 4.2,
				credentials,
				parameters: {
					method: 'POST',
					url: `${simulator.url}/M2MSearchTermInfo.ashx`,
					authentication: 'predefinedCredentialType',
					nodeCredentialType: 'm2mCardApi',
					sendBody: true,
					specifyBody: 'json',
					jsonBody: JSON.stringify({ key: cards(1)[0]?.card, status: '1_2' }),
					options: { response: { response: { responseFormat: 'json' } } },
				},
			});
			expect(error).toBeUndefined();
			expect(items[0]?.json).toMatchObject({ status: '0000' });
		});

		describe('the credential test', () => {
			const tryWith = async (data: object) => {
				const account = { baseUrl: simulator.url, ...simulator.account };
				return await instance().testCredential({
					name: 'tried',
					type: 'm2mCardApi',
					data: { ...account, ...data },
				});
			};

			test('accepts the right one', async () => {
				expect(await tryWith({})).toMatchObject({ status: 'OK' });
			});

			test.each([
				['a wrong password', { password: 'WrongPass1' }, 'Check Password'],
				['a wrong partner code', { partnerCode: 'nobody' }, 'Check Partner Code'],
				['a wrong service code', { serviceCode: 'nothing' }, 'Check Service Code'],
				['an unreachable host', { baseUrl: 'http://127.0.0.1:9' }, 'could not be reached'],
			])('tells %s', async (_, data, words) => {
				const { status, message } = await tryWith(data);
				expect(status).toBe('Error');
				expect(message).toContain(words);
			});

			test('tells a refused IP address', async () => {
				simulator.settings.refuseIp = true;
				const { message } = await tryWith({});
				simulator.settings.refuseIp = false;
				expect(message).toContain('allow the public IP address');
			});

			test('ends on a host that keeps silent', async () => {
				simulator.faults.add({ fault: 'hang' });
				expect((await tryWith({})).message).toContain('did not answer in time');
			});
		});
	});
}
