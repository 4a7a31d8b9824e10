import { areCardChanges } from '../m2m/cardChanges';
import type { CardChanges } from '../m2m/cardChanges';
import { flag, oneOf, settingsChecker } from '../settings';

/** What may be changed while the simulator runs, by code or by `PATCH /_simulator/settings`. */
export interface SimBatchSettings {
	/** How `result` holds its rows: as the document prints it, or as a JSON text. */
	resultShape: 'array' | 'string';
	/** How a reply says that it knows none of the numbers; `error` is the document's way. */
	noneAs: 'error' | 'empty' | 'null';
	/** The unit of `Balance`: the document prints KB; `mixed` changes it from card to card. */
	balanceUnit: 'KB' | 'MB' | 'GB' | 'mixed';
	/** Whether each reply lists one more card than was asked for. */
	extraRow: boolean;
	/** What has happened to some cards, by card number, as in the M2M simulator. */
	cardChanges: CardChanges;
}

export const DEFAULT_SETTINGS: Readonly<SimBatchSettings> = {
	resultShape: 'array',
	noneAs: 'error',
	balanceUnit: 'KB',
	extraRow: false,
	cardChanges: {},
};

export const checkSettings = settingsChecker<SimBatchSettings>({
	resultShape: oneOf('array', 'string'),
	noneAs: oneOf('error', 'empty', 'null'),
	balanceUnit: oneOf('KB', 'MB', 'GB', 'mixed'),
	extraRow: flag,
	cardChanges: areCardChanges,
});
