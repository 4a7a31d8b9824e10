/** What may be changed while the simulator runs, by code or by `PATCH /_simulator/settings`. */
export interface TrafficSettings {
	/** In yuan; every accepted order takes its price from it. */
	balance: number;
	/** Milliseconds from an accepted order to its end. */
	orderDelayMs: number;
	/** Milliseconds that must lie between two queries of one order; 0 for no limit. */
	queryIntervalMs: number;
	/** The vendor lets a request be ten minutes old. */
	clockToleranceMs: number;
	/** Refuses every request with -201 when false. */
	userActive: boolean;
	/** Refuses every request with -205, as for an address outside of the application's list. */
	refuseIp: boolean;
	/** The HTTP status of refusals. */
	refusalStatus: number;
	/** Whether the reply to the query of an order starts with `statusCode` and `statusMsg`. */
	queryWithStatusCode: boolean;
	/** Codes that the vendor gave out beside the rule, with their prices in yuan. */
	specialFlowCodes: Record<string, number>;
}

export const DEFAULT_SETTINGS: Readonly<TrafficSettings> = {
	balance: 1_000,
	orderDelayMs: 200,
	queryIntervalMs: 60_000,
	clockToleranceMs: 10 * 60 * 1000,
	userActive: true,
	refuseIp: false,
	refusalStatus: 200,
	queryWithStatusCode: false,
	specialFlowCodes: { 'XZ-SPECIAL-50M': 1.5 },
};

type Check = (value: unknown) => boolean;

const notNegative: Check = (value) => typeof value === 'number' && value >= 0;

const yesOrNo: Check = (value) => typeof value === 'boolean';

const CHECKS: Readonly<Record<keyof TrafficSettings, Check>> = {
	balance: notNegative,
	orderDelayMs: notNegative,
	queryIntervalMs: notNegative,
	clockToleranceMs: notNegative,
	userActive: yesOrNo,
	refuseIp: yesOrNo,
	refusalStatus: (value) => typeof value === 'number' && value >= 200 && value <= 599,
	queryWithStatusCode: yesOrNo,
	specialFlowCodes: (value) =>
		typeof value === 'object' && value !== null && Object.values(value).every(notNegative),
};

const isSetting = (name: string): name is keyof TrafficSettings => Object.hasOwn(CHECKS, name);

/** Checks settings from outside; throws an Error that names the one that is wrong. */
export function checkSettings(patch: Record<string, unknown>): Partial<TrafficSettings> {
	for (const [name, value] of Object.entries(patch)) {
		if (!isSetting(name)) {
			throw new Error(`No setting "${name}"; there are: ${Object.keys(CHECKS).join(', ')}`);
		}
		if (!CHECKS[name](value)) {
			throw new Error(`The setting "${name}" cannot be ${JSON.stringify(value)}`);
		}
	}
	return patch;
}
