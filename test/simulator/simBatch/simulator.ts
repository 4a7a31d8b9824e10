import { Fleet } from '../m2m/fleet';
import { startServer } from '../server';
import type { ServerOptions, SimulatorServer } from '../server';
import { SimBatchBackend } from './backend';
import type { SimBatchCounts } from './backend';
import { remainingKb, rowOf } from './row';
import type { SimBatchRow } from './row';
import { checkSettings, DEFAULT_SETTINGS } from './settings';
import type { SimBatchSettings } from './settings';

export interface SimBatchSimulatorOptions extends ServerOptions, Partial<SimBatchSettings> {
	/** How many cards there are; default 10,000, at most 1,000,000. */
	cards?: number;
	/** Which fleet it is: the same seed gives the same cards as the M2M simulator; default 1. */
	seed?: number;
	/** The vendor's clock, in milliseconds since 1970; default `Date.now`. */
	now?: () => number;
}

export interface SimBatchSimulator extends SimulatorServer {
	readonly fleet: Fleet;
	/** May be changed at any time. */
	readonly settings: SimBatchSettings;
	/** Counters, live. */
	readonly state: Readonly<SimBatchCounts>;
	/** What the vendor tells of the card at an index; `live` as with `update: true`. */
	rowAt(index: number, live?: boolean): SimBatchRow;
	/** KB left of the card at an index; `live` as with `update: true`. */
	remainingKbAt(index: number, live?: boolean): number;
}

/** Starts the vendor of the SIM batch query as a local HTTP server. */
export async function startSimBatchSimulator(
	options: SimBatchSimulatorOptions = {},
): Promise<SimBatchSimulator> {
	const {
		cards = 10_000,
		seed = 1,
		now = Date.now,
		host,
		port,
		basePath,
		latencyMs,
		jitterMs,
		...settingOptions
	} = options;
	const settings = { ...DEFAULT_SETTINGS, ...checkSettings(settingOptions) };
	const fleet = new Fleet(cards, seed, now, () => settings.cardChanges);
	const backend = new SimBatchBackend(fleet, settings);
	const server = await startServer(backend, { host, port, basePath, latencyMs, jitterMs }, seed);
	// The server's own object is extended, so that its accessors stay live.
	return Object.assign(server, {
		fleet,
		settings,
		state: backend.counts,
		rowAt: (index: number, live = false) =>
			rowOf(fleet.cardAt(index), seed, live, settings.balanceUnit),
		remainingKbAt: (index: number, live = false) => remainingKb(fleet.cardAt(index), seed, live),
	});
}
