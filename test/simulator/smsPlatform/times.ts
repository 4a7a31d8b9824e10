import { chinaDateTime, instantOfChinaDigits } from '../chinaTime';
import { Refusal } from './codes';

/** Writes times as the vendor's gateways do, all in China. */
export class Clock {
	private written = 0;

	constructor(
		readonly now: () => number,
		private readonly settings: { dateStyle: 'dashes' | 'slashes' | 'mixed' },
	) {}

	/** `2020-10-28 09:47:07`, or as .NET in China writes it, `2016/1/26 9:02:08`. */
	write(instant: number): string {
		this.written++;
		const { dateStyle } = this.settings;
		const dashes = chinaDateTime(instant);
		if (dateStyle === 'dashes' || (dateStyle === 'mixed' && this.written % 2 === 1)) return dashes;
		return dashes.replace(/-/g, '/').replace(/([/ ])0/g, '$1');
	}
}

/** The instant of `sendTime` (SMS §1.2), `yyyy-MM-dd HH:mm:ss` in China; undefined: at once. */
export function readSendTime(sendTime: string): number | undefined {
	if (sendTime === '') return undefined;
	const instant = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(sendTime)
		? instantOfChinaDigits(`${sendTime.replace(/\D/g, '')}000`)
		: undefined;
	if (instant === undefined) {
		throw new Refusal('ParamError', `The time "${sendTime}" is not yyyy-MM-dd HH:mm:ss`);
	}
	return instant;
}

const XS_DATE_TIME =
	/^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)?$/;

/** The instant of an `xs:dateTime`, in China where it has no offset; undefined for anything else. */
export function readXsDateTime(text: string): number | undefined {
	const [, year, month, day, hour, minute, second, fraction = '', offset = '+08:00'] =
		XS_DATE_TIME.exec(text) ?? [];
	if (year === undefined) return undefined;
	const milli = fraction.padEnd(3, '0').slice(0, 3);
	const digits = [year, month, day, hour, minute, second, milli].join('');
	// Whether the date exists does not depend on the offset.
	const inChina = instantOfChinaDigits(digits);
	if (inChina === undefined) return undefined;
	return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${milli}${offset}`);
}
