import { VendorError } from '../../../shared/contracts/errors';
import { lookUntil } from '../../../shared/contracts/lookUntil';
import {
	defineOperation,
	type Field,
	type Row,
	type VendorClient,
} from '../../../shared/contracts/operation';
import { comparableNumber } from '../../../shared/fields/phoneNumbers';
import { deliveryWaitOptions, toLooks } from '../../../shared/fields/waitFields';
import { toText } from '../../../shared/wire/values';
import { taskIdOf } from '../acceptedMessage';
import {
	code,
	composeMessage,
	content,
	extno,
	formerSignature,
	sendAt,
	signature,
	to,
} from '../fields';
import { smsPlatform, type StatusReply } from '../protocol';
import { parseRecipients } from '../recipients';
import { ROUTES, route, sendOver } from '../routes';
import { getReports } from './getReports';

/** What the platform hands out at once when it is not told how many (SMS §3.2). */
const LIMIT = 4_000;

const rawTo: Field<unknown> = {
	appearance: {
		...to.appearance,
		description:
			'Phone numbers, one or thousands, separated by commas, semicolons, spaces or line breaks: with their country code, or without one for the domestic route. A repeated number counts once.',
	},
	parse: (raw) => raw,
};

/** Which numbers are right depends on the route. */
const recipientsOf = (parameters: { to: unknown; route: keyof typeof ROUTES }) =>
	parseRecipients(parameters.to, 'To', ROUTES[parameters.route].readNumber);

/** What was told of the recipients of one request, which has a task of its own. */
interface Task {
	readonly id: string;
	readonly recipients: readonly string[];
	/** By the text of the row: the platform may say the same again. */
	readonly reports: Map<string, Row>;
	/** Why the last look failed; empty when it did not. */
	checkError: string;
}

const NO_TASK_ID = 'The platform gave no task ID, without which reports cannot be told apart';

const withoutZeros = (id: string): string => id.replace(/^0+/, '');

/** Whether a row is of this task, or does not say of which. The platform may hand out others. */
const isOf = ({ id }: Task, { simplify }: Row): boolean =>
	[withoutZeros(id), ''].includes(withoutZeros(toText(simplify().taskId)));

const mobileOf = (row: Row): string => comparableNumber(toText(row.simplify().mobile));

const isFinal = ({ simplify }: Row): boolean =>
	['delivered', 'failed'].includes(toText(simplify().status));

/** Whether there is nothing left to ask: all is known, or there is no way to ask. */
function isOver(task: Task): boolean {
	const { id, recipients, reports } = task;
	const own = [...reports.values()].filter((row) => isOf(task, row) && isFinal(row));
	const known = new Set(own.map(mobileOf));
	return id === '' || recipients.every((recipient) => known.has(comparableNumber(recipient)));
}

/** Asks for the reports of one task alone, so that nobody else's are taken (SMS §3.2). */
async function lookAt(task: Task, client: VendorClient<StatusReply>): Promise<void> {
	const keep = (row: Row) => task.reports.set(JSON.stringify(row.raw), row);
	try {
		const parameters = { responseFormat: 'xml', limit: LIMIT, taskId: task.id } as const;
		const rows = await getReports.perform(parameters, client.readAs(getReports.vendor));
		for (const row of rows) keep(row);
		task.checkError = '';
	} catch (failure) {
		// The message is out, and what was handed out before is known: neither must be lost by this.
		task.checkError = failure instanceof Error ? failure.message : String(failure);
		const reply = failure instanceof VendorError ? failure.details.reply : undefined;
		if (typeof reply === 'string') keep({ raw: { raw: reply }, simplify: () => ({ raw: reply }) });
	}
}

/** An item for each recipient, or more where more was told of it, then what else was handed out. */
function toRows(task: Task): readonly Row[] {
	const { id, recipients, reports, checkError } = task;
	const byMobile = new Map<string, Row[]>();
	const others: Row[] = [];
	for (const row of reports.values()) {
		if (!isOf(task, row)) others.push(row);
		else byMobile.set(mobileOf(row), [...(byMobile.get(mobileOf(row)) ?? []), row]);
	}
	const itemOf = (mobile: string, row?: Row): Row => ({
		raw: row?.raw ?? { mobile, taskid: id },
		simplify: () => {
			const told = row?.simplify();
			return {
				taskId: id,
				mobile,
				...{ status: 'pending', statusCode: '', errorCode: '', receivedAt: '' },
				...told,
				...(mobile === '' ? {} : { mobile }),
				...(toText(told?.taskId) === '' ? { taskId: id } : {}),
				timedOut: row === undefined || !isFinal(row),
				checkError: row === undefined ? checkError : '',
			};
		},
	});
	const items = recipients.flatMap((recipient) => {
		const own = byMobile.get(comparableNumber(recipient));
		byMobile.delete(comparableNumber(recipient));
		return own?.map((row) => itemOf(recipient, row)) ?? [itemOf(recipient)];
	});
	return [...items, ...[...byMobile.values(), others].flat().map((row) => itemOf('', row))];
}

/**
 * Sends a message as `message.send` or `message.sendDomestic` does, then asks for its reports, and only
 * for its own, until there is one of every recipient. A look that fails does not end the waiting; what
 * was handed out is put out, whatever else happens.
 */
export const sendMessageAndWaitForDelivery = defineOperation({
	resource: 'message',
	operation: 'sendAndWaitForDelivery',
	name: 'Send and Wait for Delivery',
	action: 'Send an SMS and wait until it has arrived on each phone: costs money',
	description:
		'Send a text to one or many phones, and wait until each got it or did not. The reports that this reads, nobody else gets. Each SMS to each phone is billed.',
	source: 'SMS §1, §3',
	effect: 'send',
	vendor: smsPlatform,
	fields: { to: rawTo, content, signature, route },
	options: { ...deliveryWaitOptions(15), sendAt, extno, code, formerSignature },
	check: (parameters) => {
		recipientsOf(parameters);
		composeMessage(parameters);
	},
	perform: async ({ waitSeconds, checkIntervalSeconds, ...parameters }, client) => {
		const { route: by, ...options } = parameters;
		const recipients = recipientsOf(parameters);
		const sent = await sendOver(by, recipients, composeMessage(options), options, client);
		const tasks = sent.map(({ reply, recipients: own }): Task => {
			const id = taskIdOf(reply);
			return { id, recipients: own, reports: new Map(), checkError: id === '' ? NO_TASK_ID : '' };
		});
		await lookUntil(client.environment, {
			...toLooks({ waitSeconds, checkIntervalSeconds }),
			look: async () => {
				for (const task of tasks) if (!isOver(task)) await lookAt(task, client);
				return tasks.every(isOver);
			},
		});
		return tasks.flatMap(toRows);
	},
});
