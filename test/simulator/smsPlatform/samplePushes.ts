import { chinaDateTime, chinaDigits } from '../chinaTime';
import type { SmsPushKind } from './push';

type MakeRow = (at: number, now: number) => Record<string, string>;

const mobileAt = (at: number) => `86138${String(1_380_001 + at).padStart(8, '0')}`;
const taskIdAt = (at: number, now: number) => `${chinaDigits(now, 17).slice(2)}${String(at % 10)}`;

/** Every third has failed. */
const reportRow: MakeRow = (at, now) => {
	const failed = at % 3 === 2;
	return {
		mobile: mobileAt(at),
		taskid: taskIdAt(0, now),
		status: failed ? '20' : '10',
		receivetime: chinaDateTime(now),
		errorcode: failed ? 'UNDELIV' : 'DELIVRD',
		extno: at % 2 === 0 ? '01' : '',
	};
};

const CONTENTS: readonly [string, ...string[]] = [
	'你好，我不需要',
	'收到 received 100% 😀',
	'a < b & "c" > \'d\' ]]>',
];

const replyRow: MakeRow = (at, now) => ({
	mobile: mobileAt(at),
	taskid: taskIdAt(at, now),
	content: `${CONTENTS[at % CONTENTS.length] ?? CONTENTS[0]} ${at + 1}`,
	receivetime: chinaDateTime(now),
	extno: '01',
});

const ROWS: Readonly<Record<SmsPushKind, MakeRow>> = { statusReport: reportRow, reply: replyRow };

/** Rows for a push as the vendor could send it at `now` (ms since 1970), fresh at each call. */
export function samplePushRows(
	kind: SmsPushKind,
	count: number,
	now = Date.now(),
): Array<Record<string, string>> {
	return Array.from({ length: count }, (_unused, at) => ROWS[kind](at, now));
}
