/** How long an operation waits for what comes after its request, and how often it looks. */
import { integerField } from './fields';

const MAX_WAIT_SECONDS = 3_600;

export const deliveryWaitOptions = (defaultInterval: number) => ({
	waitSeconds: integerField(
		{
			displayName: 'Wait Seconds',
			description:
				'How many seconds to wait at most. What is not known by then comes out as pending, with timedOut. Set it to 0 to look once.',
			unit: 'seconds',
		},
		{ min: 0, max: MAX_WAIT_SECONDS },
		120,
	),
	checkIntervalSeconds: integerField(
		{
			displayName: 'Check Interval Seconds',
			description: 'How many seconds to wait before each look at what became of the message',
			unit: 'seconds',
		},
		{ min: 1, max: MAX_WAIT_SECONDS },
		defaultInterval,
	),
});

/** The same in milliseconds, for `lookUntil`. */
export const toLooks = ({
	waitSeconds,
	checkIntervalSeconds,
}: {
	readonly waitSeconds: number;
	readonly checkIntervalSeconds: number;
}) => ({
	waitMs: waitSeconds * 1_000,
	pauseBefore: () => checkIntervalSeconds * 1_000,
});
