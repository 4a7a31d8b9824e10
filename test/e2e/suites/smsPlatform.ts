import type { INodeCredentials, INodeParameters } from 'n8n-workflow';
import { smsPlatformExamples } from '../../examples/smsPlatform';
import { type N8nInstance, type NodeRun, runNode } from '../../harness';
import { type SmsPlatformSimulator, startSmsPlatformSimulator } from '../../simulator';
import { expectOutputPreview } from '../../support/schemaFile';
import { credentialFor } from './instance';

const TEXT = '设备 4711 离线 😀 & <b>"x"</b> ]]> \n第二行【华信】';
const PHONE = '8613800138001';

/** The SMS Platform node, in a real n8n. */
export function describeSmsPlatform(instance: () => N8nInstance): void {
	describe('SMS Platform', () => {
		let simulator: SmsPlatformSimulator;
		let credentials: INodeCredentials;

		beforeEach(async () => {
			simulator = await startSmsPlatformSimulator({ seedReplies: false, deliveryDelayMs: 0 });
			credentials = await credentialFor(instance(), {
				type: 'smsPlatformApi',
				data: { baseUrl: `${simulator.url}/`, ...simulator.account, passwordFormat: 'md5' },
			});
		});

		afterEach(async () => await simulator.close());

		const run = async (
			name: string,
			parameters: INodeParameters = {},
			more: Partial<NodeRun> = {},
		) => {
			const [resource = '', operation = ''] = name.split('.');
			return await runNode(instance(), {
				nodeType: 'n8n-nodes-m2m-iot.smsPlatform',
				parameters: { resource, operation, ...parameters },
				credentials,
				...more,
			});
		};

		test('every operation gives its output preview', async () => {
			simulator.addReply({ mobile: PHONE, content: '你好', taskid: '1212', extno: '01' });
			for (const [name, { parameters, items, answered }] of Object.entries(smsPlatformExamples)) {
				// It would wait for ever.
				if (answered !== undefined) continue;
				const result = await run(name, parameters, { items: items ? [...items] : undefined });
				expect([name, result.error?.message]).toEqual([name, undefined]);
				expectOutputPreview(
					'SmsPlatform',
					name,
					result.items.map(({ json }) => json),
				);
			}
			expect(simulator.state.refusals).toEqual([]);
		});

		test.each(['message.send', 'message.sendSoap'])('%s carries every character', async (name) => {
			await run(name, { to: PHONE, content: TEXT });
			expect(simulator.state.messages.map(({ content }) => content)).toEqual([TEXT]);
		});

		test('a signature in the options of a saved workflow still signs', async () => {
			for (const [name, to] of [
				['message.send', PHONE],
				['message.sendDomestic', PHONE.slice(2)],
				['message.sendSoap', PHONE],
			] as const) {
				const options = { signature: '={{ "华信" }}', extno: '01' };
				await run(name, { to, content: 'x', options });
			}
			expect(simulator.state.messages.map(({ content }) => content)).toEqual(
				Array.from({ length: 3 }, () => 'x【华信】'),
			);
		});

		test('an estimate needs no credential', async () => {
			const parameters = { to: `${PHONE}，13800138000`, content: 'x', signature: '华信' };
			const { items, error } = await run('message.estimate', parameters, { credentials: {} });
			expect(error).toBeUndefined();
			expect(items[0]?.json).toMatchObject({
				recipients: [PHONE],
				invalid: [{ value: '13800138000' }],
				content: 'x【华信】',
			});
			expect(simulator.requests.list()).toEqual([]);
		});

		describe('three items, the middle one failing', () => {
			const send = { to: '={{ $json.to }}', content: TEXT };
			const items = [{ to: PHONE }, { to: '8613800138002' }, { to: '8613800138003' }];

			beforeEach(() => {
				simulator.faults.add({ match: '8613800138002', fault: 'code', value: '1111' });
			});

			test('stop', async () => {
				const { error } = await run('message.send', send, { items });
				expect(error?.context).toMatchObject({ itemIndex: 1 });
				expect(simulator.state.messages.map(({ mobiles }) => mobiles)).toEqual([[PHONE]]);
			});

			test('continue with the error output', async () => {
				const result = await run('message.send', send, { items, onError: 'continueErrorOutput' });
				expect(result.items.map(({ pairedItem }) => pairedItem)).toMatchObject([
					{ item: 0 },
					{ item: 2 },
				]);
				expect(result.errorItems).toHaveLength(1);
				expect(result.errorItems[0]?.json).toMatchObject({ details: expect.anything() });
			});
		});

		test('reports and replies are read once, and none is lost', async () => {
			simulator.addReply({ mobile: PHONE, content: TEXT, taskid: '0012', extno: '01' });
			const first = await run('reply.getMany', { responseFormat: 'json' });
			expect(first.items.map(({ json }) => json)).toMatchObject([
				{ mobile: PHONE, content: TEXT, taskId: '0012', extno: '01' },
			]);
			expect((await run('reply.getMany', { responseFormat: 'xml' })).items).toEqual([]);
		});

		test('a password is in no output and no error', async () => {
			simulator.settings.echoPasswords = true;
			const newPassword = 'Brand-New-Secret7';
			const before = simulator.account.password;
			const refused = await run('account.changePassword', { newPassword: 'Elsewhere-Secret9' });
			const results = [refused, await run('account.changePassword', { newPassword })];
			for (const { items, errorItems, error } of results) {
				const shown = JSON.stringify([items, errorItems, error]);
				for (const secret of [before, newPassword, 'Elsewhere-Secret9']) {
					expect(shown).not.toContain(secret);
				}
			}
			expect(instance().logs()).not.toContain(newPassword);
		});

		test('its credential is tested', async () => {
			const tryWith = async (data: object) =>
				await instance().testCredential({
					name: 'tried',
					type: 'smsPlatformApi',
					data: { baseUrl: simulator.url, ...simulator.account, passwordFormat: 'md5', ...data },
				});
			expect(await tryWith({})).toMatchObject({ status: 'OK' });
			expect(await tryWith({ password: 'wrong-one' })).toMatchObject({ status: 'Error' });
			const { message } = await tryWith({ baseUrl: 'http://127.0.0.1:9' });
			expect(message).toContain('could not be reached');
		});
	});
}
