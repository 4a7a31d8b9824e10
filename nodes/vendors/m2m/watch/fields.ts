/** What a user sets to watch cards. */
import type { Field } from '../../../shared/contracts/operation';
import { choices, integerField, optionalChoiceField } from '../../../shared/fields/fields';
import { cards } from '../cardList';
import { conditions, type ConditionName } from './conditions';

const names = Object.keys(conditions) as ConditionName[];

const whenWatched = <Value>(condition: ConditionName, field: Field<Value>): Field<Value> => ({
	...field,
	shownWhen: { conditions: [condition] },
});

export const watchFields = {
	cards,
	conditions: choices<ConditionName>(
		{
			// n8n lists the choices of a parameter of this name as triggers of their own.
			displayName: 'Trigger On',
			description:
				'What starts the workflow, an item each. None chosen means all. The fewer, the fewer requests: only what they need is asked.',
		},
		names.map((value) => {
			const { name, action, description } = conditions[value];
			return { name, value, action, description };
		}),
		['offline', 'deviceChanged', 'usageAbove'],
	),
	usagePercent: whenWatched(
		'usageAbove',
		integerField(
			{
				displayName: 'Usage Above (%)',
				description: 'Percent of the plan. Told once a month.',
				unit: 'percent',
			},
			{ min: 1, max: 1_000 },
			80,
		),
	),
	remainingMb: whenWatched(
		'remainingBelow',
		integerField(
			{
				displayName: 'Remaining Below (MB)',
				description: 'Megabytes left. Told once a month.',
				unit: 'megabytes',
			},
			{ min: 0, max: 100_000_000 },
			100,
		),
	),
	days: whenWatched(
		'expiresWithin',
		integerField(
			{
				displayName: 'Expires Within (Days)',
				description: 'Days until the plan ends; 0 is its last day. Told once for each end date.',
				unit: 'days',
			},
			{ min: 0, max: 3_650 },
			7,
		),
	),
	silentDays: whenWatched(
		'noUsage',
		integerField(
			{
				displayName: 'No Usage for (Days)',
				description:
					'Days without any use of data. Told once, and again only after data was used in between.',
				unit: 'days',
			},
			{ min: 1, max: 365 },
			3,
		),
	),
};

export const watchOptions = {
	firstRun: optionalChoiceField(
		{
			displayName: 'First Run',
			description: 'What to do with what holds already when a card is looked at for the first time',
		},
		[
			{ name: 'Silent', value: 'silent', description: 'Only remember it' },
			{
				name: 'Report',
				value: 'report',
				description:
					'Start the workflow with it. What has changed before nobody knows: changes are not reported.',
			},
		],
		'silent',
	),
};
