import { chinaDateTime } from '../../chinaTime';
import { findBaseStation } from '../baseStations';
import { Refusal } from '../codes';
import { field, findByCardNumber, findCard, identityRow, requireLayout } from './handler';
import type { Handler } from './handler';

/** M2M §2.9 */
export const startDiagnosis: Handler = (world, fields) => {
	const card = findByCardNumber(world, field(fields, 'cardcode'));
	world.diagnoses.start(card.cardcode, world.now(), world.settings.diagnosisDelayMs);
	return {};
};

/** M2M §2.10: an older result until the diagnosis that was started is done. */
export const getDiagnosis: Handler = (world, fields) => {
	const card = findByCardNumber(world, field(fields, 'cardcode'));
	const doneAt = world.diagnoses.lastDone(card, world.now());
	if (doneAt === undefined) throw new Refusal('0019');
	return {
		rows: [
			{
				...identityRow(card),
				// Only 1 (on) and 0 (unknown) here, unlike §2.2.
				macstatus: card.deviceStatus === '1' ? '1' : '0',
				lasttime: chinaDateTime(doneAt),
			},
		],
	};
};

/** M2M §2.11: each call that is not refused uses up one of those paid for. */
export const locate: Handler = (world, fields) => {
	findCard(world, field(fields, 'key'));
	if (world.settings.locateBalance < 1) throw new Refusal('0030');
	world.settings.locateBalance--;
	return {};
};

/** M2M §2.12 */
export const getBaseStation: Handler = (_world, fields) => {
	const mcc = field(fields, 'mcc');
	const mnc = field(fields, 'mnc');
	const lac = field(fields, 'lac');
	const cellid = field(fields, 'cellid');
	requireLayout(mcc, /^\d{3,4}$/, '0015');
	requireLayout(mnc, /^[01]$/, '0015');
	requireLayout(lac, /^[0-9A-Fa-f]{1,6}$/, '0015');
	requireLayout(cellid, /^[0-9A-Fa-f]{1,6}$/, '0015');
	const station = findBaseStation(mcc, mnc, lac, cellid);
	if (!station) throw new Refusal('0032');
	const { longitude, latitude, radius, address } = station;
	return { rows: [{ longitude, latitude, radius, address }] };
};
