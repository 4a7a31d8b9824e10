import { answerByLink, replyTo } from '../person';
import { buildPush, sendSmsPush } from './push';
import type { Box, ReportRow } from './rows';
import type { SentMessage, World } from './world';

/** Numbers with this end never get their SMS. */
export const UNREACHABLE = /0000$/;
/** As for refusals: the newest are kept. */
const MAX_KEPT = 1_000;

/** What a person made of an SMS that asks. */
export interface PersonAnswer {
	mobile: string;
	/** Of the SMS that asked. */
	taskId: string;
	by: 'link' | 'sms';
	/** The reply, or the status of the page that came after the answer; or why there is none. */
	outcome: string;
}

const NOTHING_TO_ANSWER = 'It offers no such answer';

function keep<Entry>(list: Entry[], ...entries: Entry[]): void {
	list.push(...entries);
	list.splice(0, list.length - MAX_KEPT);
}

/** Pushes rows once they are due, or puts them where they are asked for from then on. */
export function handOut<Row extends { taskid: string }>(
	world: World,
	box: Box<Row>,
	rows: readonly Row[],
	dueAt = world.now(),
): void {
	if (world.divert(box.kind, rows, dueAt)) return;
	const { pushUrl, pushIntervalMs: intervalMs } = world.settings;
	if (pushUrl === '') {
		for (const row of rows) box.add(row, dueAt);
		return;
	}
	const wait = async (milliseconds: number) => await world.delays.wait(milliseconds);
	void wait(dueAt - world.now()).then(async () => {
		keep(
			world.pushes,
			...(await sendSmsPush(pushUrl, buildPush(box.kind, rows), { intervalMs, wait })),
		);
	});
}

/** The reports on a message, in the groups in which they come, by when they are due. */
function* planReports(world: World, message: SentMessage, arrivesAt: number) {
	const { deliveryReports, deliveryDelayMs } = world.settings;
	const { taskId, mobiles, extno } = message;
	const reportOn = (mobile: string, dueAt: number): ReportRow => {
		const failed = UNREACHABLE.test(mobile);
		return {
			mobile,
			taskid: taskId,
			status: failed ? '20' : '10',
			receivetime: world.clock.write(dueAt),
			errorcode: failed ? 'UNDELIV' : 'DELIVRD',
			extno,
		};
	};
	const all = mobiles.map((mobile) => reportOn(mobile, arrivesAt));
	switch (deliveryReports) {
		case 'once':
			yield { dueAt: arrivesAt, rows: all };
			break;
		case 'twice':
			yield { dueAt: arrivesAt, rows: all };
			yield { dueAt: arrivesAt + deliveryDelayMs, rows: all };
			break;
		case 'inParts':
			for (const [at, mobile] of mobiles.entries()) {
				const dueAt = arrivesAt + at * deliveryDelayMs;
				yield { dueAt, rows: [reportOn(mobile, dueAt)] };
			}
	}
}

async function answer(world: World, { taskId, content }: SentMessage, mobile: string) {
	const { settings } = world;
	const note = (by: PersonAnswer['by'], outcome = NOTHING_TO_ANSWER) =>
		keep(world.answers, { mobile, taskId, by, outcome });
	await world.delays.wait(settings.answerDelayMs);
	if (settings.answerBy === 'sms' || settings.answerBy === 'both') {
		const reply = replyTo(content, settings);
		if (reply !== undefined) world.receive({ mobile, content: reply });
		note('sms', reply);
	}
	if (settings.answerBy === 'link' || settings.answerBy === 'both') {
		try {
			const page = await answerByLink(content, settings);
			note('link', page && String(page.status));
		} catch (error) {
			note('link', String(error));
		}
	}
}

/** What becomes of a message that the vendor took on: reports, and what people answer. */
export function deliver(world: World, message: SentMessage): void {
	const { settings } = world;
	const { mobiles, scheduledFor = 0, sentAt } = message;
	const arrivesAt = Math.max(sentAt, scheduledFor) + settings.deliveryDelayMs;
	for (const { rows, dueAt } of planReports(world, message, arrivesAt)) {
		handOut(world, world.reports, rows, dueAt);
	}
	if (settings.answerBy === 'nothing') return;
	void world.delays.wait(arrivesAt - world.now()).then(async () => {
		const reached = mobiles.filter((mobile) => !UNREACHABLE.test(mobile));
		await Promise.all(reached.map(async (mobile) => await answer(world, message, mobile)));
	});
}
