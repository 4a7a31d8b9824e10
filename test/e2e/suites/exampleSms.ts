import { DEMO_HEADER } from '../../../scripts/support/demo';
import type { N8nInstance } from '../../harness';
import { readExample } from '../../support/exampleFiles';
import { outputsOf } from './exampleWorkflows';
import {
	bare,
	failureOf,
	inWorld,
	PERSON,
	runOnce,
	sendForm,
	SIGNED,
	succeeded,
	UNKNOWN_CARD,
	type World,
} from './exampleWorld';
import { rowsOf } from '../../../scripts/support/dataTables';
import { until } from './instance';

const MANUAL = "When clicking 'Execute workflow'";

/** The examples that send SMS and look after them. */
export function describeSmsExamples(instance: () => N8nInstance): void {
	describe('the example workflows of SMS', () => {
		test('SMS are answered by their text, and STOP is honoured', async () => {
			await inWorld(instance(), async (world) => {
				await answerSms(world);
			});
		}, 180_000);

		test('a campaign goes once to each, and the mail says who got it', async () => {
			await inWorld(instance(), async (world) => {
				await campaign(world);
			});
		}, 180_000);

		test('what was sent and what was reported are compared, and mailed', async () => {
			await inWorld(instance(), async (world) => {
				await reconcile(world);
			});
		}, 180_000);

		test('a verification code is answered with whether it has arrived', async () => {
			await inWorld(instance(), async (world) => {
				await sendVerificationCodes(world);
			});
		}, 180_000);
	});
}

/** Sends texts from a phone, and gives what comes back for them. */
function talkTo({ n8n, pushSms, newSms }: World, id: string) {
	let count = 0;
	return async (rows: ReadonlyArray<[from: string, content: string]>) => {
		const received = rows.map(([mobile, content]) => ({
			...{ mobile: mobile && `86${mobile}`, taskid: '', content },
			...{ receivetime: `2024-01-02 13:04:${String(count).padStart(2, '0')}`, extno: '' },
		}));
		await pushSms('two-way-sms/webhook', 'reply', received);
		count++;
		const [newest] = await n8n.executionsOf(id, count);
		if (!newest) throw new Error('There is none');
		return { execution: newest, sent: newSms() };
	};
}

async function answerSms(world: World): Promise<void> {
	const { m2m, sms, publish } = world;
	const OTHER = '13800138001';
	const STRANGER = '13900139000';
	const id = await publish('two-way-sms.json');
	const say = talkTo(world, id);
	const { cardcode } = m2m.fleet.cardAt(0);
	const status = new RegExp(
		`^卡 ${cardcode}：正常，在线，剩余 [\\d.]+ MB，到期 \\d{4}-.*【华信】$`,
	);

	const mixed = await say([
		[PERSON, `余额 ${cardcode}`],
		[OTHER, `balance ${UNKNOWN_CARD}`],
		[PERSON, 'T恤有货吗'],
		[STRANGER, `余额${cardcode}`],
		['', '谁发的'],
	]);
	succeeded(mixed.execution);
	expect(mixed.sent).toEqual(
		expect.arrayContaining([
			[PERSON, expect.stringMatching(status)],
			[OTHER, `查不到卡 ${UNKNOWN_CARD}${SIGNED}`],
			[PERSON, expect.stringMatching(/^发送“余额 卡号”查询/)],
		]),
	);
	expect(mixed.sent).toHaveLength(3);
	expect(outputsOf(mixed.execution, 'Store')).toHaveLength(5);
	expect(outputsOf(mixed.execution, 'Not for here')).toMatchObject([
		{ mobile: '', content: '谁发的', raw: expect.stringContaining('谁发的') },
	]);

	const stopped = await say([
		[OTHER, 'td'],
		[STRANGER, '退订。'],
	]);
	const goodbye = `您已退订，不会再收到我们的短信。回复“恢复”可重新接收。${SIGNED}`;
	expect(stopped.sent).toEqual([
		[OTHER, goodbye],
		[STRANGER, goodbye],
	]);
	expect((await say([[OTHER, `余额 ${cardcode}`]])).sent).toEqual([]);
	expect((await say([[OTHER, 'START']])).sent).toEqual([[OTHER, `已恢复接收短信。${SIGNED}`]]);
	expect((await say([[OTHER, `余额 ${cardcode} 谢谢`]])).sent).toEqual([
		[OTHER, expect.stringMatching(status)],
	]);

	// One that the platform refuses does not keep the other from being answered.
	sms.settings.blockedNumbers = [PERSON];
	const blocked = await say([
		[PERSON, '帮助'],
		[OTHER, '帮助'],
	]);
	expect(failureOf(blocked.execution)).toMatchObject({
		...{ status: 'error', step: 'Not answered', message: expect.stringContaining('黑名单') },
	});
	expect(blocked.sent.map(([to]) => to)).toEqual([OTHER]);
}

async function campaign(world: World): Promise<void> {
	const { n8n, sms, mail, publish, newSms } = world;
	await talkTo(world, await publish('two-way-sms.json'))([['13900139000', 'STOP']]);
	const id = await publish('sms-campaign.json', { waitSeconds: 6 });
	sms.settings.deliveryDelayMs = 0;
	const file = new File(
		['\ufeff姓名,手机号\n张三,13800138003\n李四,13900139000\n王五,abc\n'],
		'list.csv',
		{ type: 'text/csv' },
	);
	const pasted = '13800138001，+86 13800138002\n8613800138001 13800130000 123';
	const login = { user: 'demo', password: 'wrong' };
	expect(await sendForm(n8n, 'sms-campaign', ['Hello', pasted, file], login)).toBe(401);
	expect(await sendForm(n8n, 'sms-campaign', ['Hello', pasted, file])).toBe(200);
	const execution = succeeded(await n8n.executionOf(id));
	expect(newSms()).toEqual([['13800138001,13800138002,13800130000,13800138003', `Hello${SIGNED}`]]);
	const results = bare(await rowsOf(n8n, 'campaign_results')).filter(
		({ campaign: own }) => own === execution.id,
	);
	expect(results.map(({ mobile, status, reason }) => [mobile, status, reason])).toEqual(
		expect.arrayContaining([
			['13800138001', 'delivered', ''],
			['13800138002', 'delivered', ''],
			['13800138003', 'delivered', ''],
			['13800130000', 'failed', 'UNDELIV'],
			['13900139000', 'stopped', '已退订'],
			['123', 'invalid', expect.any(String)],
			['abc', 'invalid', expect.any(String)],
		]),
	);
	expect(mail.mails).toMatchObject([
		{ to: ['manager@example.com'], subject: `短信群发：${results.length} 个号码，送达 3` },
	]);
	expect(mail.mails[0]?.text).toMatch(
		/^delivered 送达：3\nfailed 失败：1\npending 未知：0\nstopped/,
	);
	expect(mail.mails[0]?.text).toContain('13800130000 failed UNDELIV');

	// Nobody to send to, but still an account of it; and numbers alone, without a file.
	expect(await sendForm(n8n, 'sms-campaign', ['Hello', '12', ''])).toBe(200);
	await n8n.executionsOf(id, 2);
	expect(mail.mails[1]?.subject).toBe('短信群发：1 个号码，送达 0');

	sms.settings.accountStopped = true;
	expect(await sendForm(n8n, 'sms-campaign', ['Hello', '13800138001', ''])).toBe(200);
	const [refused] = await n8n.executionsOf(id, 3);
	expect(refused && failureOf(refused)).toMatchObject({ status: 'error', step: 'Send' });
	sms.settings.accountStopped = false;
	await n8n.retry(refused?.id ?? '');
	expect(newSms()).toHaveLength(1);
	expect(mail.mails[2]?.subject).toBe('短信群发：1 个号码，送达 1');
}

async function reconcile(world: World): Promise<void> {
	const { n8n, sms, mail, publish, pushSms, urlOf } = world;
	const id = await publish('sms-reconciliation.json', { waitHours: 0 });
	sms.settings.deliveryDelayMs = 0;
	let count = 0;
	const send = async (numbers: string) => {
		expect(await sendForm(n8n, 'sms-reconciliation', ['Hello', numbers])).toBe(200);
		count++;
		await n8n.executionsOf(id, count);
	};
	const night = async () => {
		count++;
		return await runOnce(n8n, id);
	};

	// Some reports are pushed, some wait to be fetched, some never come; one number is none.
	sms.settings.pushUrl = urlOf('sms-reconciliation/webhook');
	await send('13800138001 13800130000');
	await until(() => sms.state.pushes.length === 2);
	count += 2;
	sms.settings.pushUrl = '';
	await send('+8613800138002');
	sms.settings.deliveryReports = 'never';
	await send('13800138003');
	await send('123 13800138004');
	const [newest] = await n8n.executionsOf(id, count);
	expect(newest && failureOf(newest)).toMatchObject({
		...{ status: 'error', step: 'Say so', message: expect.stringContaining('Not sent to 123') },
	});
	expect(sms.state.messages).toHaveLength(5);

	const checked = outputsOf(succeeded(await night()), 'Checked');
	expect(checked.map(({ mobile, status }) => [mobile, status])).toEqual(
		expect.arrayContaining([
			['13800138001', 'delivered'],
			['13800130000', 'failed'],
			['13800138002', 'delivered'],
			['13800138003', 'missing'],
			['13800138004', 'missing'],
			['123', 'notSent'],
		]),
	);
	expect(checked).toHaveLength(6);
	expect(mail.mails).toMatchObject([{ subject: '短信对账：6 条，送达 2' }]);
	const [{ text } = { text: '' }] = mail.mails;
	expect(text).toMatch(
		/^delivered 送达：2\nfailed 失败：1\nmissing 没有报告：2\nnotSent 没有发出：1\nunknown 未知：0\n\n/,
	);
	expect(text).toMatch(/^13800130000 \d{16} failed UNDELIV$/m);
	expect(text).not.toContain('13800138001');

	// All were looked at, so another night has nothing to say; one without a mail server fails.
	expect(outputsOf(succeeded(await night()), 'Checked')).toEqual([]);
	expect(mail.mails).toHaveLength(1);
	await send('13800138005');
	await mail.close();
	expect(failureOf(await night())).toMatchObject({ status: 'error', step: 'Mail' });

	// What cannot be read is kept and told.
	await pushSms('sms-reconciliation/webhook', 'statusReport', [{ status: '10', odd: 'yes' }]);
	count++;
	const [odd] = await n8n.executionsOf(id, count);
	expect(odd && failureOf(odd)).toMatchObject({ status: 'error', step: 'Mail it' });
	expect((await rowsOf(n8n, 'sms_reports')).at(-1)).toMatchObject({
		mobile: '',
		status: 'delivered',
	});
}

/** A server asks for a code for one phone after the other. */
async function sendVerificationCodes(world: World): Promise<void> {
	const { n8n, sms, publish, add } = world;
	await publish('verification-code.json');
	const headers = { [DEMO_HEADER.name]: DEMO_HEADER.value };
	const ask = async (phone: string): Promise<unknown> => {
		const { status, text } = await n8n.webhook('verification-code', { body: { phone }, headers });
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
		`您的验证码是 ${((await late) as { code: string }).code}，5 分钟内有效。请勿告诉他人。${SIGNED}`,
	);

	const byHand = await runOnce(n8n, await add(readExample('verification-code.json')), MANUAL);
	expect(outputsOf(succeeded(byHand), 'Outcome')).toMatchObject([
		{ phone: PERSON, status: 'delivered' },
	]);
}
