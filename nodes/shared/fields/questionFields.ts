/** How a person is asked, in the names that n8n's own nodes have for it. */
import { InputError } from '../contracts/errors';
import type { Environment, Field } from '../contracts/operation';
import { parseDateTime } from './dateTime';
import { choice, isBlank, optionalTextField, parseRequiredText } from './fields';
import { normalizeTyped, tidyNumber } from './typedText';

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** What the user filled in of a collection with one set of values. */
const valuesOf = (raw: unknown): Record<string, unknown> =>
	isRecord(raw) && isRecord(raw.values) ? raw.values : {};

export const responseType = choice(
	{ displayName: 'Response Type', description: 'What the person may answer' },
	[
		{ name: 'Approval', value: 'approval', description: 'One or two buttons' },
		{ name: 'Free Text', value: 'freeText', description: 'A text' },
	],
	'approval',
);

/** How an approval is asked for. */
export interface ApprovalOptions {
	readonly canDecline: boolean;
	readonly approveLabel: string | undefined;
	readonly declineLabel: string | undefined;
}

const approvalType = choice(
	{ displayName: 'Type of Approval', description: 'Whether there is a way to decline' },
	[
		{ name: 'Approve Only', value: 'single' },
		{ name: 'Approve and Disapprove', value: 'double' },
	],
	'single',
);

/** The most characters on a button. */
const MAX_LABEL = 20;

const labelField = (displayName: string, placeholder: string) =>
	optionalTextField(
		{
			displayName,
			placeholder,
			maxLength: MAX_LABEL,
			description: `At most ${MAX_LABEL} characters. Left empty, it is Approve or Decline, or the same in Chinese.`,
		},
		() => undefined,
	);

const approveLabel = labelField('Approve Button Label', 'e.g. Approve');
const disapproveLabel = labelField('Disapprove Button Label', 'e.g. Decline');

export const approvalOptions: Field<ApprovalOptions> = {
	appearance: {
		displayName: 'Approval Options',
		type: 'fixedCollection',
		description: 'How many buttons there are, and what is on them',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Values',
				name: 'values',
				values: [
					{ name: 'approvalType', ...approvalType.appearance },
					{
						name: 'approveLabel',
						...approveLabel.appearance,
					},
					{
						name: 'disapproveLabel',
						...disapproveLabel.appearance,
						displayOptions: { show: { approvalType: ['double'] } },
					},
				],
			},
		],
	},
	parse: (raw, environment) => {
		const values = valuesOf(raw);
		return {
			canDecline: approvalType.parse(values.approvalType ?? 'single', environment) === 'double',
			approveLabel: approveLabel.parse(values.approveLabel, environment),
			declineLabel: disapproveLabel.parse(values.disapproveLabel, environment),
		};
	},
	shownWhen: { responseType: ['approval'] },
};

const LIMIT = 'Limit Wait Time';

const limitType = choice(
	{ displayName: 'Limit Type', description: 'What ends the waiting' },
	[
		{ name: 'After Time Interval', value: 'afterTimeInterval' },
		{ name: 'At Specified Time', value: 'atSpecifiedTime' },
	],
	'afterTimeInterval',
);

const MINUTE_MS = 60_000;
const UNIT_MS = { minutes: MINUTE_MS, hours: 60 * MINUTE_MS, days: 24 * 60 * MINUTE_MS } as const;

const unit = choice<keyof typeof UNIT_MS>(
	{ displayName: 'Unit', description: 'Of the time to wait' },
	[
		{ name: 'Minutes', value: 'minutes' },
		{ name: 'Hours', value: 'hours' },
		{ name: 'Days', value: 'days' },
	],
	'hours',
);

/** A year is more than anybody waits, and less than n8n's database can hold. */
const MAX_WAIT_MS = 366 * UNIT_MS.days;

function parseInterval(values: Record<string, unknown>, environment: Environment): number {
	// An expression that gives nothing leaves its name behind.
	const given = Object.hasOwn(values, 'resumeAmount') ? (values.resumeAmount ?? '') : 1;
	const typed = tidyNumber(String(given));
	const amount = typed === '' ? Number.NaN : Number(typed);
	const milliseconds = amount * UNIT_MS[unit.parse(values.resumeUnit ?? 'hours', environment)];
	if (!(milliseconds >= 0 && milliseconds <= MAX_WAIT_MS)) {
		throw new InputError(
			LIMIT,
			`has the Amount "${typed.slice(0, 40)}", which is no time to wait`,
			'Give Amount as a number from 0, and a year at most.',
		);
	}
	return environment.now() + milliseconds;
}

function parseMoment(values: Record<string, unknown>, { timeZone }: Environment): number {
	const typed = parseRequiredText(values.maxDateAndTime, LIMIT);
	const moment = parseDateTime(normalizeTyped(typed), timeZone);
	if (moment !== undefined) return moment;
	throw new InputError(
		LIMIT,
		`has the Max Date and Time "${typed.slice(0, 40)}", which is no date and time`,
		'Write it like 2030-05-01 09:00:00, or give a date of n8n.',
	);
}

/** The moment at which nobody is waited for any more, in milliseconds since the epoch. */
export const limitWaitTime: Field<number | undefined> = {
	appearance: {
		displayName: LIMIT,
		type: 'fixedCollection',
		description:
			'How long to wait for an answer: after that it counts as not approved, with timedOut. n8n looks once a minute. Without it, the execution waits for ever.',
		default: {
			values: { limitType: 'afterTimeInterval', resumeAmount: 45, resumeUnit: 'minutes' },
		},
		options: [
			{
				displayName: 'Values',
				name: 'values',
				values: [
					{ name: 'limitType', ...limitType.appearance },
					{
						displayName: 'Amount',
						name: 'resumeAmount',
						type: 'number',
						typeOptions: { minValue: 0, numberPrecision: 2 },
						default: 1,
						description: 'The time to wait',
						displayOptions: { show: { limitType: ['afterTimeInterval'] } },
					},
					{
						name: 'resumeUnit',
						...unit.appearance,
						displayOptions: { show: { limitType: ['afterTimeInterval'] } },
					},
					{
						displayName: 'Max Date and Time',
						name: 'maxDateAndTime',
						type: 'dateTime',
						default: '',
						description:
							'The last moment for an answer. Without a UTC offset it is in the time zone of the workflow.',
						displayOptions: { show: { limitType: ['atSpecifiedTime'] } },
					},
				],
			},
		],
	},
	parse: (raw, environment) => {
		if (isBlank(raw) || (isRecord(raw) && raw.values === undefined)) return undefined;
		const values = valuesOf(raw);
		const type = limitType.parse(values.limitType ?? 'afterTimeInterval', environment);
		return type === 'atSpecifiedTime'
			? parseMoment(values, environment)
			: parseInterval(values, environment);
	},
};
