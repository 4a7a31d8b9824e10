import type { N8nInstance } from '../../harness';
import { chinaDateTime, chinaDay, formatDay } from '../../simulator/chinaTime';
import { readExample } from '../../support/exampleFiles';
import { outputsOf } from './exampleWorkflows';
import {
	failureOf,
	inWorld,
	runOnce,
	SCHEDULE,
	succeeded,
	UNKNOWN_CARD,
	withCards,
	withParameters,
} from './exampleWorld';

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** The examples that a schedule starts, from the schedule to the mail or SMS. */
export function describeScheduledExamples(instance: () => N8nInstance): void {
	describe('the example workflows on a schedule', () => {
		test('the daily report is one mail with a page and a table', async () => {
			await inWorld(instance(), async ({ m2m, mail, add }) => {
				const id = await add(readExample('daily-fleet-report.json'));
				const ended = succeeded(await runOnce(instance(), id));
				expect(outputsOf(ended, SCHEDULE)).toMatchObject([
					{ Timezone: 'Asia/Shanghai (UTC+08:00)' },
				]);
				const [report] = outputsOf(ended, 'Report');
				expect(report).toMatchObject({ cards: 100, notFound: 0, failed: 0 });
				const today = chinaDateTime(Date.now()).slice(0, 10);
				expect(mail.mails).toEqual([
					{
						from: 'n8n@example.com',
						to: ['manager@example.com'],
						subject: expect.stringMatching(
							new RegExp(
								`^物联网卡日报 ${today}：共 100 张，流量不足 [1-9]\\d*，即将到期 [1-9]\\d*$`,
							),
						),
						text: '',
						html: report?.html,
						attachments: [
							{
								fileName: `fleet-report-${today}.html`,
								type: 'text/html',
								content: Buffer.from(String(report?.html)),
							},
							{
								fileName: `fleet-report-${today}.csv`,
								type: 'text/csv',
								content: expect.any(Buffer),
							},
						],
					},
				]);
				expect(mail.mails[0]?.html).toMatch(/^<!DOCTYPE html>[^]*物联网卡日报[^]*<\/html>\s*$/);
				const table = mail.mails[0]?.attachments[1]?.content ?? Buffer.of();
				expect(table.subarray(0, 3)).toEqual(BYTE_ORDER_MARK);
				const [head, ...rows] = table.subarray(3).toString('utf8').trimEnd().split('\r\n');
				expect(head).toMatch(/^卡号,ICCID,IMEI,/);
				expect(rows).toHaveLength(100);
				rows.forEach((row, index) => {
					const { cardcode, iccid, planName } = m2m.fleet.cardAt(index);
					for (const known of [cardcode, iccid, planName]) expect(row).toContain(known);
				});
			});
		});

		test('the daily report fails visibly, and sends nothing, when the platform refuses', async () => {
			await inWorld(instance(), async ({ m2m, mail, add }) => {
				m2m.settings.refuseIp = true;
				const id = await add(readExample('daily-fleet-report.json'));
				expect(failureOf(await runOnce(instance(), id))).toMatchObject({
					...{ status: 'error', step: 'Cards', message: expect.stringContaining('0002') },
				});
				expect(mail.mails).toEqual([]);

				m2m.settings.refuseIp = false;
				await mail.close();
				expect(failureOf(await runOnce(instance(), id))).toMatchObject({
					...{ status: 'error', step: 'Mail' },
				});
			});
		});

		test('the list of expiring cards is sorted, counts what was not read, and is silent without any', async () => {
			await inWorld(instance(), async ({ m2m, mail, changed, add }) => {
				const today = chinaDay(Date.now());
				const days = [31, 30, -8, 7, 0, -7];
				const ends = [...days.map((left) => formatDay(today + left)), ''];
				const cards = ends.map((billingEndDate, index) => {
					const { cardcode } = m2m.fleet.cardAt(index);
					changed.set(cardcode, { billingEndDate });
					return cardcode;
				});
				const example = readExample('expiring-cards.json');
				const listed = [...cards, UNKNOWN_CARD];
				const id = await add(withCards(example, listed));
				const ended = succeeded(await runOnce(instance(), id));
				expect(outputsOf(ended, SCHEDULE)).toMatchObject([
					{ Timezone: 'Asia/Shanghai (UTC+08:00)' },
				]);
				expect(m2m.requests.list()).toHaveLength(listed.length);
				const soon = [-7, 0, 7, 30].map((left) => ({
					cardNumber: cards[days.indexOf(left)],
					billingEndDate: formatDay(today + left),
					daysLeft: left,
				}));
				const [report] = outputsOf(ended, 'Report');
				expect(report).toMatchObject({ expiring: soon, notFound: 1, failed: 0 });
				expect(mail.mails).toMatchObject([
					{
						to: ['manager@example.com'],
						subject: '4 张卡 30 天内到期，1 张未能查询',
						html: report?.html,
						attachments: [{ type: 'text/csv' }],
					},
				]);
				const table = mail.mails[0]?.attachments[0]?.content ?? Buffer.of();
				const rows = table.toString('utf8').trimEnd().split('\r\n').slice(1);
				const known = rows.filter((row) => !row.includes(UNKNOWN_CARD));
				expect(rows).toHaveLength(5);
				expect(known.map((row) => /\d{13}/.exec(row)?.[0])).toEqual(
					soon.map(({ cardNumber }) => cardNumber),
				);

				for (const card of cards) changed.set(card, { billingEndDate: '2099-12-31' });
				const none = await add(withCards(example, cards));
				const silent = succeeded(await runOnce(instance(), none));
				expect(outputsOf(silent, 'Cards')).toHaveLength(cards.length);
				expect(mail.mails).toHaveLength(1);
			});
		});

		test('the watchdog diagnoses, tells once, and tells again of a card that came back', async () => {
			await inWorld(instance(), async ({ m2m, sms, changed, add }) => {
				const cards = [0, 1, 2, 3].map((index) => m2m.fleet.cardAt(index).cardcode);
				const [, off = '', answering = '', suspended = ''] = cards;
				const offline = { gprsStatus: '00', deviceStatus: '0' };
				changed.set(off, offline);
				changed.set(answering, { ...offline, deviceStatus: '1' });
				changed.set(suspended, { ...offline, status: '02' });
				const listed = withCards(readExample('offline-watchdog.json'), [...cards, UNKNOWN_CARD]);
				const id = await add(listed);
				const told = () => sms.state.messages.map(({ content }) => content);
				const first = [`2 张卡离线：${off} 未开机，${UNKNOWN_CARD} 无法诊断【华信】`];

				succeeded(await runOnce(instance(), id));
				expect(told()).toEqual(first);
				expect(sms.state.messages[0]?.mobiles).toEqual(['13800138000']);
				expect(m2m.state.diagnoses.started).toBe(2);

				const still = succeeded(await runOnce(instance(), id));
				expect(outputsOf(still, 'Diagnose')).toEqual([]);
				expect(told()).toEqual(first);
				expect(m2m.state.diagnoses.started).toBe(2);

				const usedKb = m2m.fleet.cardAt(1).usedKb + 12.5;
				changed.set(off, { usedKb });
				succeeded(await runOnce(instance(), id));
				expect(told()).toEqual(first);

				changed.set(off, { ...offline, usedKb });
				sms.settings.accountStopped = true;
				const failed = await runOnce(instance(), id);
				expect(failureOf(failed)).toMatchObject({ status: 'error', step: 'Tell' });
				expect(told()).toEqual(first);
				sms.settings.accountStopped = false;
				await instance().retry(failed.id);
				expect(told()).toEqual([...first, `1 张卡离线：${off} 未开机【华信】`]);
			});
		});

		test('the watchdog does not take an old diagnosis for an answer', async () => {
			await inWorld(instance(), async ({ m2m, sms, changed, add }) => {
				const { cardcode } = m2m.fleet.cardAt(0);
				changed.set(cardcode, { gprsStatus: '00', deviceStatus: '1' });
				m2m.settings.diagnosisDelayMs = 3_600_000;
				const watchdog = withCards(readExample('offline-watchdog.json'), [cardcode]);
				const hasty = withParameters(watchdog, 'Diagnose', (parameters) => ({
					...parameters,
					options: { waitSeconds: 2 },
				}));
				const ended = succeeded(await runOnce(instance(), await add(hasty)));
				expect(outputsOf(ended, 'Diagnose')).toMatchObject([
					{ deviceStatus: 'on', timedOut: true },
				]);
				expect(sms.state.messages.map(({ content }) => content)).toEqual([
					`1 张卡离线：${cardcode} 诊断无结果【华信】`,
				]);
			});
		});

		test('the watchdog, published, tells once of what it sees every two seconds', async () => {
			await inWorld(instance(), async ({ m2m, sms, changed, add }) => {
				const cards = [0, 1, 2, 3, 4].map((index) => m2m.fleet.cardAt(index).cardcode);
				for (const card of cards.slice(1)) {
					changed.set(card, { gprsStatus: '00', deviceStatus: '0' });
				}
				const watchdog = withCards(readExample('offline-watchdog.json'), cards);
				const interval = [{ field: 'seconds', secondsInterval: 2 }];
				const often = withParameters(watchdog, SCHEDULE, () => ({ rule: { interval } }));
				const id = await add(often);
				await instance().activate(id);
				const executions = await instance().executionsOf(id, 4);
				await instance().deactivate(id);
				for (const { status, mode } of executions) {
					expect([status, mode]).toEqual(['success', 'trigger']);
				}
				const [, one, two, three] = cards;
				const names = [one, two, three].map((card) => `${card} 未开机`).join('，');
				expect(sms.state.messages.map(({ content }) => content)).toEqual([
					`4 张卡离线：${names} 等【华信】`,
				]);
				expect(m2m.state.diagnoses.started).toBe(4);
			});
		});

		test('a low balance is one mail, as is a platform that cannot be asked', async () => {
			await inWorld(instance(), async ({ sms, traffic, mail, add }) => {
				const id = await add(readExample('low-balance.json'));
				const mailed = () => mail.mails.splice(0).map(({ subject, text }) => ({ subject, text }));
				const run = async () => succeeded(await runOnce(instance(), id));

				const enough = await run();
				expect(outputsOf(enough, SCHEDULE)).toMatchObject([
					{ Timezone: 'Asia/Shanghai (UTC+08:00)' },
				]);
				expect(mailed()).toEqual([]);

				sms.settings.balance = 99.5;
				await run();
				expect(mailed()).toEqual([
					{ subject: '余额提醒：短信平台', text: '短信平台：余额 99.5，低于 100' },
				]);

				traffic.settings.balance = 0;
				await run();
				expect(mailed()).toEqual([
					{
						subject: '余额提醒：短信平台、流量充值',
						text: '短信平台：余额 99.5，低于 100\n流量充值：余额 0，低于 500',
					},
				]);

				sms.settings.balance = 1_000;
				traffic.settings.refuseIp = true;
				await run();
				expect(mailed()).toEqual([
					{
						subject: '余额提醒：流量充值',
						text: expect.stringMatching(/^流量充值：无法查询（.*-205.*）$/),
					},
				]);

				await Promise.all([sms.close(), traffic.close()]);
				await run();
				expect(mailed()).toEqual([
					{
						subject: '余额提醒：短信平台、流量充值',
						text: expect.stringMatching(/^短信平台：无法查询（.+）\n流量充值：无法查询（.+）$/),
					},
				]);
			});
		});
	});
}
