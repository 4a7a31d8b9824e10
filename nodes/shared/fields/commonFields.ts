/** Fields that nodes have whatever vendor they talk to. */
import { booleanField, integerField } from './fields';

export const simplify = booleanField(
	{
		displayName: 'Simplify',
		description:
			'Whether to return a simplified version of the response instead of the raw data: typed, with readable names and units',
	},
	true,
);

export const requestInterval = integerField(
	{
		displayName: 'Request Interval',
		description: 'Milliseconds between the starts of two requests, to stay below a rate limit',
		unit: 'milliseconds',
	},
	{ min: 0, max: 3_600_000 },
	0,
);

export const timeout = integerField(
	{
		displayName: 'Timeout',
		description: 'Milliseconds to wait for the platform before giving up on a request',
		unit: 'milliseconds',
	},
	{ min: 1, max: 3_600_000 },
	30_000,
);

export const concurrency = integerField(
	{
		displayName: 'Concurrency',
		description:
			'How many requests to run at the same time. Left at 0, it is automatic: as many as the platform takes without slowing down.',
		unit: 'requests',
	},
	{ min: 0, max: 1_000 },
	0,
);
