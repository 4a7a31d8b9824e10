import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importExamples } from '../../../scripts/support/examples';
import type { Execution, N8nInstance, Workflow } from '../../harness';
import {
	buildM2mPush,
	buildSmsPush,
	sampleM2mPushRows,
	startM2mSimulator,
	startTrafficSimulator,
} from '../../simulator';
import { nodes } from '../../support/package';

const FOLDER = join(__dirname, '..', '..', '..', 'examples');
const OWN = 'n8n-nodes-m2m-iot.';
const MANUAL = "When clicking 'Execute workflow'";

/** The workflows that users import: nothing in them may be unknown or missing. */
export function describeExamples(instance: () => N8nInstance): void {
	describe('the example workflows', () => {
		const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
		const read = (file: string) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Workflow;

		test.each(files)('%s is imported with all of its nodes', async (file) => {
			const workflow = read(file);
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
			read(file).nodes.some(({ type }) => type.startsWith(OWN) && type.endsWith('Trigger')),
		);

		test.each(pushed)('%s stores what is pushed in its first step', (file) => {
			const { nodes: steps, connections } = read(file);
			const isOurs = ({ type }: { type: string }) => type.startsWith(OWN);
			const trigger = steps.find((step) => isOurs(step) && step.type.endsWith('Trigger'));
			const next = connections[trigger?.name ?? '']?.main?.[0]?.map(({ node }) => node);
			expect(next).toEqual(['Store']);
		});
	});
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
				const imported = await importExamples(instance(), FOLDER, {
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
