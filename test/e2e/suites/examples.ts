import { setTimeout as sleep } from 'node:timers/promises';
import { importExamples } from '../../../scripts/support/examples';
import { N8N_1, N8N_2, type Execution, type N8nInstance, type Workflow } from '../../harness';
import {
	buildM2mPush,
	buildSmsPush,
	codesIn,
	linkIn,
	postAnswer,
	sampleM2mPushRows,
	startM2mSimulator,
	startSmsPlatformSimulator,
	startTrafficSimulator,
} from '../../simulator';
import { EXAMPLES, exampleFiles, readExample } from '../../support/exampleFiles';
import { nodes } from '../../support/package';
import { outputsOf, publishExample } from './exampleWorkflows';
import { until } from './instance';

const OWN = 'n8n-nodes-m2m-iot.';
const MANUAL = "When clicking 'Execute workflow'";

/** The workflows that users import: nothing in them may be unknown or missing. */
export function describeExamples(instance: () => N8nInstance): void {
	describe('the example workflows', () => {
		const files = exampleFiles();

		test.each(files)('%s is imported with all of its nodes', async (file) => {
			const workflow = readExample(file);
			const known = nodes
				.map(({ node }) => OWN + node.description.name)
				.flatMap((type) => [type, `${type}Tool`]);
			const own = workflow.nodes.filter(({ type }) => type.startsWith(OWN));
			expect(own.length).toBeGreaterThan(0);
			for (const { type } of own) expect(known).toContain(type);
			const id = await instance().createWorkflow(workflow);
			const { nodes: stored } = await instance().rest<Workflow>('GET', `/workflows/${id}`);
			expect(stored).toHaveLength(workflow.nodes.length);
		});

		const pushed = files.filter((file) =>
			readExample(file).nodes.some(({ type }) => type.startsWith(OWN) && type.endsWith('Trigger')),
		);

		test.each(pushed)('%s stores what is pushed in its first step', (file) => {
			const { nodes: all, connections } = readExample(file);
			const isOurs = ({ type }: { type: string }) => type.startsWith(OWN);
			const triggers = all.filter((step) => isOurs(step) && step.type.endsWith('Trigger'));
			const next = triggers
				.map(({ name }) => connections[name]?.main?.[0]?.map(({ node }) => node))
				// One that does no more than to resume what waits has nothing behind it.
				.filter((steps) => steps !== undefined);
			expect(next).toEqual([['Store']]);
		});

		test('the example that asks by SMS orders what is approved, by link and by reply', async () => {
			await approveTopUps(instance());
		}, 180_000);

		test('the example of a verification code answers whether it has arrived', async () => {
			await sendVerificationCodes(instance());
		}, 180_000);
	});
}

/** What users of n8n 1 do by hand: they add the table, and choose it in "Store". */
async function withTable(n8n: N8nInstance, workflow: Workflow): Promise<Workflow> {
	const { tableName, columns } = (workflow.nodes.find(({ name }) => name === 'Make the table')
		?.parameters ?? {}) as { tableName: string; columns: { column: object[] } };
	const project = await n8n.rest<{ id: string }>('GET', '/projects/personal');
	const path = `/projects/${project.id}/data-tables`;
	const table = { name: tableName, columns: columns.column };
	const { id } = await n8n.rest<{ id: string }>('POST', path, table);
	const chosen = { dataTableId: { __rl: true, mode: 'list', value: id } };
	const nodes = workflow.nodes.map((node) =>
		node.name === 'Store' ? { ...node, parameters: { ...node.parameters, ...chosen } } : node,
	);
	return { ...workflow, nodes };
}

/** Alerts of some cards come in, and the person who is asked answers each in another way. */
async function approveTopUps(n8n: N8nInstance): Promise<void> {
	const PERSON = '13800138000';
	const TOKEN = 'TokenOfTheExamples001';
	const m2m = await startM2mSimulator();
	const traffic = await startTrafficSimulator();
	const sms = await startSmsPlatformSimulator({ seedReplies: false });
	try {
		const workflow = readExample('approve-top-up-by-sms.json');
		const used = n8n.version === N8N_1 ? await withTable(n8n, workflow) : workflow;
		const id = await publishExample(n8n, used, {
			m2mCardApi: { baseUrl: m2m.url, ...m2m.account },
			smsPlatformApi: { baseUrl: sms.url, ...sms.account, pushToken: TOKEN },
			trafficRechargeApi: { environment: 'custom', baseUrl: traffic.url, ...traffic.account },
		});
		if (n8n.version === N8N_2) {
			await n8n.runManually(id, MANUAL);
			expect((await n8n.executionOf(id)).status).toBe('success');
		}

		const over = sampleM2mPushRows('notice_flowmonitor', 60, { fleet: m2m.fleet }).filter(
			({ isover }) => isover === '1',
		);
		const userOf = ({ cardcode }: { cardcode?: unknown }) =>
			m2m.fleet.find(String(cardcode))?.userMobile ?? '';
		const asked = over.filter((row) => userOf(row) !== '').slice(0, 3);
		const unasked = over.filter((row) => userOf(row) === '').slice(0, 1);
		expect([asked.length, unasked.length]).toEqual([3, 1]);
		const pushed = buildM2mPush('notice_flowmonitor', [...unasked, ...asked], m2m.account);
		const alert = await n8n.webhook('approve-top-up-by-sms/webhook', {
			body: pushed,
			headers: { 'content-type': 'application/json' },
		});
		expect(alert.status).toBe(200);

		/** The next SMS, once the execution waits for its answer. */
		const question = async (number: number) => {
			await until(() => sms.state.messages.length === number);
			const { content, mobiles } = sms.state.messages[number - 1] ?? { content: '', mobiles: [] };
			expect(mobiles).toEqual([PERSON]);
			const { cardcode } = asked[number - 1] ?? {};
			expect(content).toContain(`卡 ${String(cardcode)} 本月已用 `);
			expect(content).toMatch(/%，为 \d{11} 充值 100 MB 吗？\n回复 Y\d+ 同意，N\d+ 拒绝\n或点击：/);
			const executionId = await waitingAmong(n8n, id);
			return { content, executionId };
		};
		const press = async (content: string, answer: string) => {
			expect((await postAnswer(linkIn(content), { answer })).status).toBe(200);
		};

		const first = await question(1);
		expect(traffic.ledger.charges).toBe(0);
		await press(first.content, 'approve');

		await press((await question(2)).content, 'decline');

		const third = await question(3);
		const [code = ''] = codesIn(third.content);
		const reply = { mobile: PERSON, taskid: '', content: code, receivetime: '', extno: '' };
		const answered = await n8n.webhook('approve-top-up-by-sms-replies/webhook', {
			body: buildSmsPush('reply', [reply]),
			headers: { 'content-type': 'text/xml; charset=utf-8' },
			query: { token: TOKEN },
		});
		expect(answered.status).toBe(200);

		const ended = await n8n.finishedExecution(first.executionId);
		expect(ended.data.resultData.error?.message).toBeUndefined();
		expect(outputsOf(ended, 'Store')).toHaveLength(4);
		expect(outputsOf(ended, 'Ask')).toMatchObject([
			{ data: { approved: true }, respondedBy: 'link' },
			{ data: { approved: false }, respondedBy: 'link' },
			{ data: { approved: true }, respondedBy: 'sms' },
		]);
		const [one, , three] = asked.map((row) => ({
			phone: userOf(row),
			customParm: `topup-${String(row.cardcode)}-${String(row.billingenddate)}`,
		}));
		expect(outputsOf(ended, 'Traffic Recharge')).toMatchObject([one, three]);
		expect(outputsOf(ended, 'Not ordered')).toHaveLength(1);
		expect(traffic.ledger.charges).toBe(2);
		const [resumed] = (await n8n.executionsOf(id, 2)).flatMap((one) => outputsOf(one, 'Replies'));
		expect(resumed).toMatchObject({ mobile: PERSON, resumedExecution: first.executionId });
		await n8n.deactivate(id);
	} finally {
		await Promise.all([m2m.close(), traffic.close(), sms.close()]);
	}
}

/** The execution of a workflow that waits, though others of it come and go. */
async function waitingAmong(n8n: N8nInstance, workflowId: string): Promise<string> {
	for (let tries = 0; tries < 600; tries++) {
		const found = (await n8n.executions(workflowId)).find(({ status }) => status === 'waiting');
		if (found) return found.id;
		await sleep(50);
	}
	throw new Error('None waits');
}

/** A server asks for a code for one phone after the other. */
async function sendVerificationCodes(n8n: N8nInstance): Promise<void> {
	const sms = await startSmsPlatformSimulator();
	try {
		const header = { name: 'x-key', value: 'KeyOfTheServer' };
		const id = await publishExample(n8n, readExample('verification-code.json'), {
			smsPlatformApi: { baseUrl: sms.url, ...sms.account },
			httpHeaderAuth: header,
		});
		const ask = async (phone: string): Promise<unknown> => {
			const { status, text } = await n8n.webhook('verification-code', {
				body: { phone },
				headers: { [header.name]: header.value },
			});
			expect(status).toBe(200);
			return JSON.parse(text);
		};
		const code: unknown = expect.stringMatching(/^\d{6}$/);
		expect((await n8n.webhook('verification-code', { body: { phone: '1' } })).status).toBe(403);

		sms.settings.deliveryDelayMs = 3_600_000;
		const late = ask('13800138009');
		await until(() => sms.state.messages.length === 1);
		sms.settings.deliveryDelayMs = 200;
		const list = '13800138001,13800138002';
		const phones = ['+86 138-0013-8001', '13800130000', '138', list];
		expect(await Promise.all(phones.map(ask))).toEqual([
			{ phone: '8613800138001', code, status: 'delivered', reason: '' },
			{ phone: '13800130000', code, status: 'failed', reason: 'UNDELIV' },
			{ phone: '138', code, status: 'error', reason: expect.stringContaining('138') },
			{
				phone: '1380013800113800138002',
				...{ code, status: 'error', reason: expect.stringContaining('To') },
			},
		]);
		const pending = { phone: '13800138009', code, status: 'pending', reason: '' };
		expect(await late).toEqual(pending);
		const [{ content } = { content: '' }] = sms.state.messages;
		expect(content).toBe(
			`您的验证码是 ${((await late) as { code: string }).code}，5 分钟内有效。请勿告诉他人。【华信】`,
		);
		await n8n.deactivate(id);
	} finally {
		await sms.close();
	}
}

/** Those that store in a data table; n8n 1 has no step that makes one. */
export function describeStoringExamples(instance: () => N8nInstance): void {
	describe('the example workflows that store what is pushed', () => {
		test('run, after the table was made', async () => {
			const m2m = await startM2mSimulator();
			const traffic = await startTrafficSimulator();
			try {
				const credential = async (type: string, data: object) =>
					await instance().createCredential({
						name: `${type} of the examples`,
						type,
						data: { ...data },
					});
				const imported = await importExamples(instance(), EXAMPLES, {
					m2mCardApi: await credential('m2mCardApi', { baseUrl: m2m.url, ...m2m.account }),
					smsPlatformApi: await credential('smsPlatformApi', { baseUrl: 'http://127.0.0.1:9' }),
					trafficRechargeApi: await credential('trafficRechargeApi', {
						environment: 'custom',
						baseUrl: traffic.url,
						...traffic.account,
					}),
				});
				const run = async (file: string, body: string, contentType: string) => {
					const id = imported.find((one) => one.file === file)?.id ?? '';
					const { executionId } = await instance().runManually(id, MANUAL);
					expect(executionId).toBeDefined();
					expect((await instance().executionOf(id)).status).toBe('success');
					await instance().activate(id);
					const path = `${file.replace('.json', '')}/webhook`;
					const { status } = await instance().webhook(path, {
						body,
						headers: { 'content-type': contentType },
					});
					expect(status).toBe(200);
					const [execution] = await instance().executionsOf(id, 2);
					return execution;
				};
				const output = (execution: Execution | undefined, step: string) =>
					(execution?.data.resultData.runData[step]?.[0]?.data?.main?.[0] ?? []).map(
						({ json }) => json,
					);

				const report = (mobile: string, status: string) => ({
					mobile,
					taskid: '7',
					status,
					receivetime: '2024-01-02 13:04:05',
					errorcode: status === '10' ? 'DELIVRD' : 'UNDELIV',
					extno: '01',
				});
				const reports = buildSmsPush('statusReport', [report('1', '10'), report('2', '20')]);
				const kept = await run('failed-deliveries.json', reports, 'text/xml; charset=utf-8');
				expect(output(kept, 'Store').map(({ mobile }) => mobile)).toEqual(['1', '2']);
				expect(output(kept, 'Row').map(({ mobile }) => mobile)).toEqual(['2']);

				const pushed = sampleM2mPushRows('notice_flowmonitor', 24, { fleet: m2m.fleet });
				const cardsOver = pushed
					.filter(({ isover }) => isover === '1')
					.map(({ cardcode }) => String(cardcode));
				const withPhone = cardsOver.filter((key) => m2m.fleet.find(key)?.userMobile !== '');
				expect(withPhone.length).toBeGreaterThan(0);
				expect(withPhone.length).toBeLessThan(cardsOver.length);
				const alerts = buildM2mPush('notice_flowmonitor', pushed, m2m.account);
				const ordered = await run('top-up-on-alert.json', alerts, 'application/json');
				const stored = output(ordered, 'Store');
				expect(stored.map(({ cardNumber }) => cardNumber)).toEqual(cardsOver);
				expect(ordered?.data.resultData.error?.message).toBeUndefined();
				const references = stored
					.filter(({ cardNumber }) => withPhone.includes(String(cardNumber)))
					.map(({ cardNumber, billingEndDate }) => `topup-${cardNumber}-${billingEndDate}`);
				const orders = output(ordered, 'Traffic Recharge');
				expect(orders.map(({ customParm }) => customParm)).toEqual(references);
				expect(traffic.ledger.charges).toBe(withPhone.length);
			} finally {
				await Promise.all([m2m.close(), traffic.close()]);
			}
		});
	});
}
