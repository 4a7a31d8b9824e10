/** What the M2M platform tells on its own (M2M §3). */
import type { IDataObject } from 'n8n-workflow';

import { parseChinaTimestamp } from '../../shared/fields/chinaTime';
import { choice, choices, booleanField, integerField } from '../../shared/fields/fields';
import {
	definePushTrigger,
	type Push,
	type PushEvent,
	type PushVendor,
} from '../../shared/contracts/push';
import { readJson } from '../../shared/wire/json';
import { constantTimeEqual } from '../../shared/wire/hash';
import { unreadBehind } from '../../shared/wire/rows';
import { inAnyCase, isRecord, readRow, toNumber, toText } from '../../shared/wire/values';
import { rescueRows, sign } from './protocol';
import { decodeUrlText, deliveryStatus, percentOf, simplifyReply } from './values';

/** Any answer but `OK` is sent again after 5 minutes, at most 6 times (M2M §3.1). */
const platform: PushVendor = {
	name: 'M2M platform',
	acknowledgement: 'OK',
	refusal: 'FAIL',
	credentialType: 'm2mCardApi',
	secretField: 'password',
	proof: 'signature',
};

/** The value as it was sent; undefined when it cannot have been signed. */
const signedText = (value: unknown): string | undefined =>
	typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

/**
 * Reads a push. Only time, type and count are signed, the rows are not (M2M §3.1.1). The document's
 * own sample has spaces around the type (M2M §3.2.3): it may be signed with or without them.
 *
 * @param eventOf the events that the trigger is for, by the platform's message type
 */
function parsePush(text: string, eventOf: Readonly<Record<string, string>>): Push | undefined {
	const reading = readJson(text);
	const push = isRecord(reading.value) ? inAnyCase(reading.value) : undefined;
	const requestTime = signedText(push?.requesttime);
	const type = signedText(push?.msgtype);
	const count = signedText(push?.count);
	if (!push || requestTime === undefined || type === undefined || count === undefined) {
		return undefined;
	}
	const kind = type.trim().toLowerCase();
	const event = Object.hasOwn(eventOf, kind) ? eventOf[kind] : undefined;
	if (event === undefined) return undefined;
	// A push without a signature is a push that nobody has signed.
	const given = toText(push.sign).toLowerCase();
	const rows = [...rescueRows(reading, push.datas), ...unreadBehind(reading)];
	return {
		records: rows.map((row) => ({ event, row: { ...row } })),
		isSignedWith: (password) =>
			[type, type.trim()].some((signed) =>
				constantTimeEqual(given, sign(password, requestTime, [signed, count])),
			),
		seal: {
			id: given,
			maxRows: toNumber(count) ?? 0,
			madeAt: parseChinaTimestamp(requestTime),
		},
	};
}

const HOUR_MS = 60 * 60 * 1000;

/** A push is sent again for half an hour, perhaps under the same signature (M2M §3.1). */
const sealOptions = {
	maxAgeHours: integerField(
		{
			displayName: 'Max Age (Hours)',
			description:
				'How many hours old the signature of a push may be, by its requesttime, so that nobody can send an old push again. Set it to 0 to take pushes of any age.',
			unit: 'hours',
		},
		{ min: 0, max: 87_600 },
		24,
	),
};

const maxAgeMs = ({ maxAgeHours }: { readonly maxAgeHours: number }): number =>
	maxAgeHours * HOUR_MS;

const smsSent: PushEvent = {
	name: 'SMS Delivered or Failed',
	description: 'A message that was sent has been delivered, or has failed',
	source: 'M2M §3.1',
	simplify: (row) =>
		readRow(row, ({ mobile, sendkey, content, status, sendtime }) => ({
			mobile: toText(mobile),
			sendKey: toText(sendkey),
			content: decodeUrlText(content),
			status: deliveryStatus(status),
			statusCode: toText(status),
			sentAt: toText(sendtime),
		})),
};

/** Also what the polling twin hands out. */
export const smsReceived: PushEvent = {
	name: 'SMS Received',
	description: 'A card or a phone has sent a message',
	source: 'M2M §3.1',
	simplify: (row) => readRow(row, simplifyReply),
};

/** Pushes of sent and received messages (M2M §3.1). */
export const smsPushes = definePushTrigger({
	vendor: platform,
	events: { smsSent, smsReceived },
	fields: {
		events: choices({ displayName: 'Events', description: 'Which events start the workflow' }, [
			{
				name: smsSent.name,
				value: 'smsSent',
				description: smsSent.description,
				action: 'On SMS delivered or failed',
			},
			{
				name: smsReceived.name,
				value: 'smsReceived',
				description: smsReceived.description,
				action: 'On SMS received',
			},
		]),
	},
	options: sealOptions,
	maxAgeMs,
	parse: (text) => parsePush(text, { notice_smssend: 'smsSent', notice_smsreceive: 'smsReceived' }),
	selects: ({ event }, { events }) => events.some((wanted) => wanted === event),
});

/** `0` no, `1` yes (M2M §3.2.2); null for anything else. */
const parseFlag = (value: unknown): boolean | null => {
	const code = toNumber(value);
	return code === 1 ? true : code === 0 ? false : null;
};

const flowAlert: PushEvent = {
	name: 'Flow Alert',
	description: 'The data use of a card has reached a threshold',
	source: 'M2M §3.2',
	simplify: (row) =>
		readRow(row, (fields) => {
			const planDataKb = toNumber(fields.taocanflow);
			const usedDataKb = toNumber(fields.useflow);
			return {
				cardNumber: toText(fields.cardcode),
				plan: toText(fields.taocan),
				planDataKb,
				warningThresholdKb: toNumber(fields.nearflow),
				alertThresholdKb: toNumber(fields.overflow),
				usedDataKb,
				usedPercent: percentOf(usedDataKb, planDataKb),
				billingStartDate: toText(fields.billingdate),
				billingEndDate: toText(fields.billingenddate),
				isWarning: parseFlag(fields.isnear),
				isAlert: parseFlag(fields.isover),
			};
		}),
};

/** A flag that cannot be read may be the one that matters: it counts as reached. */
const isAlert = (row: IDataObject): boolean => parseFlag(inAnyCase(row).isover) !== false;

const isWarning = (row: IDataObject): boolean =>
	parseFlag(inAnyCase(row).isnear) !== false || isAlert(row);

const LEVELS = {
	all: () => true,
	warning: isWarning,
	alert: isAlert,
};

/**
 * The platform repeats its alerts every day (M2M §3.2). The level is part of the key, so that a
 * warning that becomes an alert is news.
 */
function billingCycleKey(row: IDataObject): string | undefined {
	const { cardcode, billingdate, billingenddate } = inAnyCase(row);
	const [card, start, end] = [toText(cardcode), toText(billingdate), toText(billingenddate)];
	if (card === '' || start + end === '') return undefined;
	const level = isAlert(row) ? 'alert' : isWarning(row) ? 'warning' : 'none';
	return [card, start, end, level].join(' ');
}

/** Pushes of cards that used much of their data (M2M §3.2). */
export const flowAlertPushes = definePushTrigger({
	vendor: platform,
	events: { flowAlert },
	fields: {
		level: choice(
			// By this label, n8n takes the choices for what its list of triggers offers.
			{
				displayName: 'Trigger On',
				description:
					'Which cards start the workflow. The platform reports every day at midnight in China; its console can push again: Information Query > Data Information > Push Alerts and Warnings (信息查询 > 流量信息 > 推送报警/预警通知).',
			},
			[
				{
					name: 'All',
					value: 'all',
					description: 'Every card that the platform reports',
					action: 'On every card that the platform reports',
				},
				{
					name: 'Warning or Alert',
					value: 'warning',
					description: 'Cards that have reached the warning or the alert threshold',
					action: 'On data use above the warning or the alert threshold',
				},
				{
					name: 'Alert Only',
					value: 'alert',
					description: 'Cards that have reached the alert threshold',
					action: 'On data use above the alert threshold',
				},
			],
			'all',
		),
	},
	options: {
		...sealOptions,
		oncePerBillingCycle: booleanField(
			{
				displayName: 'Once per Billing Cycle',
				description:
					'Whether to pass on only one event for each card, level and billing cycle. The platform repeats its alerts every day. A warning that becomes an alert is passed on.',
			},
			false,
		),
	},
	// A key has to last for a billing cycle, not for an hour; they are rewritten once a day.
	maxRemembered: 20_000,
	maxAgeMs,
	parse: (text) => parsePush(text, { notice_flowmonitor: 'flowAlert' }),
	selects: ({ row }, { level }) => LEVELS[level](row),
	onceKey: ({ row }, { oncePerBillingCycle }) =>
		oncePerBillingCycle ? billingCycleKey(row) : undefined,
});
