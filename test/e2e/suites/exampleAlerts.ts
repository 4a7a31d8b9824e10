import type { N8nInstance } from '../../harness';
import { sampleM2mPushRows } from '../../simulator';
import { rowsOf } from '../../../scripts/support/dataTables';
import { outputsOf } from './exampleWorkflows';
import {
	failureOf,
	inWorld,
	nextQuestion,
	PERSON,
	SIGNED,
	succeeded,
	UNKNOWN_CARD,
	type World,
} from './exampleWorld';
import { until } from './instance';

type AlertRow = ReturnType<typeof sampleM2mPushRows>[number];

/** An alert of a card, of the same content each time it is pushed. */
const alertOf = (fields: AlertRow): AlertRow => {
	const [sample] = sampleM2mPushRows('notice_flowmonitor', 1, { now: Date.UTC(2024, 0, 1) });
	return { ...sample, ...fields };
};

/** The examples that start when a card has used much of its data. */
export function describeAlertExamples(instance: () => N8nInstance): void {
	describe('the example workflows on flow alerts', () => {
		test('alerts are one message in a chat, once in a cycle, a bad record included', async () => {
			await inWorld(instance(), async (world) => {
				const { n8n, m2m, chat, publish, pushM2m } = world;
				const id = await publish('alert-to-chat.json', { chatUrl: chat.url });
				const path = 'alert-to-chat/webhook';
				const [one, two] = [0, 1].map((index) => m2m.fleet.cardAt(index).cardcode);
				const cycle = { billingenddate: '2024-01-31', taocan: '30M套餐', taocanflow: '30720' };
				const rows = [
					alertOf({ ...cycle, cardcode: one ?? '', useflow: '28672', isover: '1' }),
					alertOf({ ...cycle, cardcode: '', useflow: '1' }),
					alertOf({ ...cycle, cardcode: two ?? '', useflow: '25190.4', isover: '0' }),
				];
				chat.answer = { errcode: 0, errmsg: 'ok' };
				await pushM2m(path, 'notice_flowmonitor', rows);
				succeeded(await n8n.executionOf(id));
				const stored = (await rowsOf(n8n, 'flow_alerts')).slice(-3);
				expect(stored).toMatchObject([
					{ cardNumber: one, raw: '' },
					{ cardNumber: '', raw: expect.stringContaining('flowAlert') },
					{ cardNumber: two, raw: '' },
				]);
				const message = (content: string) => ({ msgtype: 'text', text: { content } });
				const plan = '（套餐 30M套餐，周期至 2024-01-31）';
				const told = [
					message(`报警：卡 ${one} 流量已用 93.33%${plan}\n预警：卡 ${two} 流量已用 82%${plan}`),
					message(`一条流量告警没有卡号，原文见数据表 flow_alerts 第 ${String(stored[1]?.id)} 行`),
				];
				expect(chat.received).toEqual(told);

				// The next day's, with more data used: all that it holds is known, so nothing runs.
				const again = rows.slice(0, 1).map((row) => ({ ...row, useflow: '29000' }));
				await pushM2m(path, 'notice_flowmonitor', again);

				chat.answer = { errcode: 93000, errmsg: 'invalid webhook url' };
				const warned = alertOf({ ...cycle, cardcode: two ?? '', useflow: '30000', isover: '1' });
				await pushM2m(path, 'notice_flowmonitor', [warned]);
				const [refused, ...earlier] = await n8n.executionsOf(id, 2);
				expect(refused && failureOf(refused)).toMatchObject({
					...{ status: 'error', step: 'Refused', message: expect.stringContaining('93000') },
				});
				expect(earlier).toHaveLength(1);
				expect(chat.received).toHaveLength(told.length + 1);
			});
		});

		test('a top-up that failed is told, and ordered by a later alert, up to the cap', async () => {
			await inWorld(instance(), async (world) => {
				await topUp(world);
			});
		}, 240_000);
	});
}

async function topUp(world: World): Promise<void> {
	const { n8n, m2m, sms, traffic, changed, publish, pushM2m, pushSms, newSms } = world;
	const id = await publish('top-up-on-alert.json', { maxTopUps: 2 });
	const cards = [0, 1, 2].map((index) => m2m.fleet.cardAt(index).cardcode);
	const [one = '', two = '', phoneless = ''] = cards;
	changed.set(phoneless, { userMobile: '' });
	const phoneOf = (card: string) => m2m.fleet.find(card)?.userMobile ?? '';
	const rows = [phoneless, one, UNKNOWN_CARD, '', two].map((cardcode) => alertOf({ cardcode }));
	const alert = async (sent = rows) =>
		await pushM2m('top-up-on-alert/webhook', 'notice_flowmonitor', sent);
	const ask = async (sent: AlertRow[]) => {
		const before = sms.state.messages.length;
		await alert(sent);
		return await nextQuestion(world, id, before);
	};
	let ended = 0;
	const next = async () => {
		ended++;
		const [newest] = await n8n.executionsOf(id, ended);
		if (!newest) throw new Error('There is none');
		return newest;
	};
	const references = (number: number) =>
		[one, two].map(
			(card) => `topup-${card}-${m2m.fleet.find(card)?.billingEndDate ?? ''}-${number}`,
		);

	// All that is left out is told first, as a question may wait for long.
	await alert();
	await until(() => sms.state.messages.length === 3);
	const [unreadable, leftOut, asked] = newSms();
	expect(unreadable).toEqual([
		PERSON,
		expect.stringMatching(/^一条流量告警没有可用的卡号，见数据表 flow_alerts 第 \d+ 行【华信】$/),
	]);
	expect(leftOut).toEqual([
		PERSON,
		`卡 ${phoneless} 未充值：用户没有手机号；卡 ${UNKNOWN_CARD} 未充值：查不到这张卡${SIGNED}`,
	]);
	expect(asked?.[0]).toBe(PERSON);
	expect(asked?.[1]).toMatch(
		new RegExp(`^为 2 张卡的用户各充值 100 MB 吗？卡 ${one} 已用 [\\d.]+%，${two} 已用 `),
	);
	expect(traffic.ledger.charges).toBe(0);

	// It is approved, but there is no money: nothing is used up by it.
	traffic.settings.balance = 0;
	await (await nextQuestion(world, id, 2)).press('approve');
	succeeded(await next());
	const failures = newSms();
	expect(failures).toEqual([
		[
			PERSON,
			expect.stringMatching(/^卡 \d+ 充值失败：.*-204.*；卡 \d+ 充值失败：.*-204.*【华信】$/),
		],
	]);
	expect(traffic.ledger.charges).toBe(0);

	// The same alert of the next day, approved by an SMS. What was left out is not told again.
	traffic.settings.balance = 1_000;
	const second = await ask(rows.filter(({ cardcode }) => cardcode !== ''));
	const [code = ''] = second.codes;
	await pushSms('top-up-on-alert-replies/webhook', 'reply', [
		{ mobile: PERSON, taskid: '', content: code, receivetime: '', extno: '' },
	]);
	ended++;
	const executions = (await n8n.executionsOf(id, ++ended)).map(succeeded);
	expect(executions.flatMap((execution) => outputsOf(execution, 'Log'))).toMatchObject([
		{ cardNumber: one, number: 1, phone: phoneOf(one), reference: references(1)[0] },
		{ cardNumber: two, number: 1, phone: phoneOf(two), reference: references(1)[1] },
	]);
	expect(traffic.ledger.list().map(({ customParm }) => customParm)).toEqual(references(1));
	expect(newSms().map(([, content]) => content.slice(0, 5))).toEqual(['为 2 张']);

	// A no orders nothing.
	await (await ask([alertOf({ cardcode: one })])).press('decline');
	succeeded(await next());
	expect(traffic.ledger.charges).toBe(2);

	// The last one that the cap lets through.
	const both = [alertOf({ cardcode: one }), alertOf({ cardcode: two })];
	await (await ask(both)).press('approve');
	succeeded(await next());
	expect(traffic.ledger.list().map(({ customParm }) => customParm)).toEqual([
		...references(1),
		...references(2),
	]);
	newSms();

	// Told once in the cycle, and nobody is asked.
	await alert([alertOf({ cardcode: one })]);
	succeeded(await next());
	await alert([alertOf({ cardcode: one })]);
	succeeded(await next());
	expect(newSms()).toEqual([[PERSON, `卡 ${one} 本周期已充值 2 次，达到上限${SIGNED}`]]);
	expect(traffic.ledger.charges).toBe(4);
}
