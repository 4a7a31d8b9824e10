/** The tables of output fields in the docs: from the output previews, and for triggers from samples. */
import { simplifyRecord, type PushEvent } from '../../nodes/shared/contracts/push';
import { flowAlertPushes, smsPushes } from '../../nodes/vendors/m2m/push';
import { replyPolling } from '../../nodes/vendors/m2m/poll';
import { toEvent } from '../../nodes/vendors/m2m/watch/compare';
import { smsPlatformPolling } from '../../nodes/vendors/smsPlatform/poll';
import { smsPlatformPushes } from '../../nodes/vendors/smsPlatform/push';
import { orderStatusPushes } from '../../nodes/vendors/trafficRecharge/push';
import { Explained } from '../../test/harness/failure';
import { samplePushRows as m2mRows } from '../../test/simulator/m2m/samplePushes';
import { samplePushRows as smsRows } from '../../test/simulator/smsPlatform/samplePushes';
import { samplePush } from '../../test/simulator/trafficRecharge/push';
import { type OutputSchema, schemaOf } from '../../test/support/outputSchema';
import { type Language, table } from './markdown';

const HEADINGS: Record<Language, readonly string[]> = {
	en: ['Output field', 'Type'],
	zh: ['输出字段', '类型'],
};

const TYPES: Record<Language, Readonly<Record<string, string>>> = {
	en: {
		string: 'text',
		number: 'number',
		boolean: 'true or false',
		object: 'object',
		array: 'list',
		null: 'null in the example',
	},
	zh: {
		string: '文本',
		number: '数字',
		boolean: 'true 或 false',
		object: '对象',
		array: '列表',
		null: '示例中为 null',
	},
};

/** Fields as expressions reach them, nested ones included: `errors[].code`. */
function fieldsOf(schema: OutputSchema, path = ''): Array<[field: string, type: string]> {
	const { properties = {}, items } = schema;
	return [
		...(items ? fieldsOf(items, `${path}[]`) : []),
		...Object.entries(properties).flatMap(([name, inner]): Array<[string, string]> => {
			const field = path === '' ? name : `${path}.${name}`;
			return [[field, inner.type], ...fieldsOf(inner, field)];
		}),
	];
}

/** A table of the fields of an item, with the types that the example has. */
export const outputTable = (schema: OutputSchema, language: Language): string =>
	table(
		HEADINGS[language],
		fieldsOf(schema).map(([field, type]) => [`\`${field}\``, TYPES[language][type] ?? type]),
	);

interface Sampled {
	readonly events: Readonly<Record<string, PushEvent>>;
	/** A row of each event, as the platform sends it. */
	readonly rows: Readonly<Record<string, object | undefined>>;
}

const smsReceived = m2mRows('notice_smsreceive', 1)[0];
const smsEvents = { statusReport: smsRows('statusReport', 1)[0], reply: smsRows('reply', 1)[0] };

const SAMPLES: Readonly<Record<string, Sampled>> = {
	m2mSmsTrigger: {
		events: smsPushes.events,
		rows: { smsSent: m2mRows('notice_smssend', 1)[0], smsReceived },
	},
	m2mFlowAlertTrigger: {
		events: flowAlertPushes.events,
		rows: { flowAlert: m2mRows('notice_flowmonitor', 1)[0] },
	},
	m2mReplyPollingTrigger: { events: replyPolling.events, rows: { smsReceived } },
	smsPlatformTrigger: { events: smsPlatformPushes.events, rows: smsEvents },
	smsPlatformPollingTrigger: { events: smsPlatformPolling.events, rows: smsEvents },
	trafficRechargeTrigger: {
		events: orderStatusPushes.events,
		rows: { orderStatus: samplePush() },
	},
};

/** What every event of the watch tells, whatever else was asked for. */
const watchSchema = (): OutputSchema =>
	schemaOf([
		toEvent(
			'offline',
			'1064800000001',
			{ cardNumber: '1064800000001', iccid: '89860400000000000001', imei: '861234041234567' },
			{ previous: true, current: false },
			0,
		),
	]);

/**
 * What a trigger puts out with Simplify on, by event.
 *
 * @throws Explained for a trigger that has no sample
 */
export function triggerOutputs(
	node: string,
): ReadonlyArray<{ readonly title?: string; readonly schema: OutputSchema }> {
	if (node === 'm2mCardWatchTrigger') return [{ schema: watchSchema() }];
	const sampled = SAMPLES[node];
	if (!sampled) throw new Explained(`${node} has no sample in scripts/support/outputTables.ts.`);
	return Object.entries(sampled.events).map(([event, { name }]) => {
		const row = sampled.rows[event];
		if (!row) throw new Explained(`${node} has no sample of ${event}.`);
		return {
			title: `${name} (\`${event}\`)`,
			schema: schemaOf([simplifyRecord(sampled, { event, row: { ...row } })]),
		};
	});
}
