import { DEMO_HEADER } from '../../../scripts/support/demo';
import type { N8nInstance } from '../../harness';
import { bare, failureOf, inWorld, runOnce, succeeded } from './exampleWorld';
import { rowsOf } from '../../../scripts/support/dataTables';

const json = (text: string): unknown => JSON.parse(text);

/** The examples that answer whoever calls them. */
export function describeRequestExamples(instance: () => N8nInstance): void {
	describe('the example workflows that answer requests', () => {
		test('a cell is a place with links to maps; an odd one is answered why', async () => {
			await inWorld(instance(), async ({ n8n, m2m, publish }) => {
				const id = await publish('cell-to-map.json');
				const ask = async (query: Record<string, string>) => {
					const { status, text } = await n8n.webhook('cell-to-map', { method: 'GET', query });
					return [status, json(text)];
				};
				expect(await ask({ mnc: '0', lac: '9763', cellId: '3693' })).toEqual([
					200,
					{
						...{ longitude: 120.15507, latitude: 30.27415, radiusMeters: 550 },
						address: '浙江省杭州市西湖区天目山路',
						openStreetMap:
							'https://www.openstreetmap.org/?mlat=30.27415&mlon=120.15507#map=15/30.27415/120.15507',
						amap: `https://uri.amap.com/marker?position=120.15507,30.27415&name=${encodeURIComponent('浙江省杭州市西湖区天目山路')}`,
					},
				]);
				expect(await ask({ mnc: '0', lac: '1', cellId: '1' })).toEqual([
					404,
					{ error: expect.stringContaining('0032') },
				]);
				expect(await ask({ lac: '0x2623' })).toEqual([
					404,
					{ error: expect.stringContaining('Area Code') },
				]);
				m2m.settings.refuseIp = true;
				expect(await ask({ mnc: '0', lac: '9763', cellId: '3693' })).toEqual([
					502,
					{ error: expect.stringContaining('0002') },
				]);
				const [failed, ...others] = await n8n.executionsOf(id, 4);
				expect(failed && failureOf(failed)).toMatchObject({
					...{ status: 'error', step: 'Platform failed' },
					message: expect.stringContaining('0002'),
				});
				others.forEach(succeeded);
			});
		});

		test('an order is taken once, its status comes by push, a failed one is mailed', async () => {
			await inWorld(instance(), async ({ n8n, traffic, mail, publish, urlOf }) => {
				const id = await publish('order-intake.json');
				const name = `A-${Date.now()}`;
				const headers = { [DEMO_HEADER.name]: DEMO_HEADER.value };
				const post = async (body: object) => {
					const { status, text } = await n8n.webhook('order-intake', { body, headers });
					if (status === 500) throw new Error(JSON.stringify(failureOf(await n8n.executionOf(id))));
					return [status, json(text)] as const;
				};
				const orders = async () =>
					bare(await rowsOf(n8n, 'traffic_orders')).filter(({ orderNumber }) =>
						String(orderNumber).startsWith(name),
					);
				expect((await n8n.webhook('order-intake', { body: {} })).status).toBe(403);

				const order = { orderNumber: name, phone: '13800138000', sizeMb: 100, carrier: '1' };
				const requestId: unknown = expect.stringMatching(/^\d{16}$/);
				const submitted = { orderNumber: name, requestId, status: 'submitted' };
				expect(await post(order)).toEqual([200, submitted]);
				const [charged] = traffic.ledger.list();
				expect(charged).toMatchObject({ phone: '13800138000', customParm: name });
				const repeated = { ...submitted, status: 'received', repeated: true };
				expect(await post(order)).toEqual([200, repeated]);

				// Bad ones are answered and charge nothing.
				for (const bad of [{}, { ...order, phone: '138' }, { ...order, orderNumber: 'a b' }]) {
					expect((await post(bad))[0]).toBe(400);
				}
				expect(traffic.ledger.charges).toBe(1);

				const callback = urlOf('order-intake-status/webhook');
				traffic.settings.orderDelayMs = 0;
				await traffic.pushStatus(callback, charged?.requestId ?? '');
				await n8n.executionsOf(id, 6);
				expect(mail.mails).toEqual([]);
				expect(await orders()).toMatchObject([
					{ orderNumber: name, phone: '13800138000', sizeMb: 100, status: 'succeeded' },
				]);
				expect(await post(order)).toEqual([200, { ...repeated, status: 'succeeded' }]);

				// One is refused, tells why, and can be ordered when that is mended.
				traffic.settings.balance = 0;
				const doomed = { ...order, orderNumber: `${name}-2`, phone: '13800130000' };
				expect(await post(doomed)).toEqual([
					502,
					{
						...{ orderNumber: doomed.orderNumber, status: 'failed' },
						error: expect.stringContaining('-204'),
					},
				]);
				traffic.settings.balance = 1_000;
				expect((await post(doomed))[0]).toBe(200);
				const [, second] = traffic.ledger.list();
				await traffic.pushStatus(callback, second?.requestId ?? '');
				await n8n.executionsOf(id, 10);
				expect(mail.mails).toMatchObject([
					{
						subject: `充值失败：订单 ${doomed.orderNumber}`,
						text: `订单 ${doomed.orderNumber}，手机 13800130000：failed 充值失败`,
					},
				]);
				expect((await orders()).map(({ status }) => status)).toEqual(['succeeded', 'failed']);
			});
		});

		test('a sample order is placed from the editor', async () => {
			await inWorld(instance(), async ({ n8n, traffic, publish }) => {
				const id = await publish('order-intake.json');
				succeeded(await runOnce(n8n, id, 'By another workflow'));
				expect(traffic.ledger.list('SAMPLE-0001')).toHaveLength(1);
			});
		});
	});
}
