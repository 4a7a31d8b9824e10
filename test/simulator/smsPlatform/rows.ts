import type { SmsPushKind } from './push';

/** A `statusbox` (SMS §3.3), fields in the document's order. */
export type ReportRow = {
	mobile: string;
	taskid: string;
	/** `10` delivered, `20` failed. */
	status: string;
	receivetime: string;
	errorcode: string;
	extno: string;
};

/** A `callbox` (SMS §4.3), fields in the document's order. */
export type ReplyRow = {
	mobile: string;
	taskid: string;
	content: string;
	receivetime: string;
	extno: string;
};

/** A row to be handed out; what is left out is made up. */
export type NewReport = Partial<ReportRow> & { mobile: string };
export type NewReply = Partial<ReplyRow> & { mobile: string; content: string };

interface Waiting<Row> {
	row: Row;
	/** Milliseconds since 1970 from which it is handed out. */
	dueAt: number;
}

/** Rows that are handed out once. */
export class Box<Row extends { taskid: string }> {
	private waiting: Array<Waiting<Row>> = [];

	/** How many were ever put in. */
	added = 0;

	handedOut = 0;

	/** @param kind as what its rows are pushed */
	constructor(readonly kind: SmsPushKind) {}

	/** All that are in it, those included that are not due yet. */
	get size(): number {
		return this.waiting.length;
	}

	/** Those that wait, the oldest first. */
	list(): readonly Row[] {
		return this.waiting.map(({ row }) => row);
	}

	add(row: Row, dueAt = 0): void {
		this.waiting.push({ row, dueAt });
		this.added++;
	}

	/** Takes out the oldest rows that are due, of one task only when `taskid` is not empty. */
	take(now: number, limit: number, taskid = ''): Row[] {
		const taken: Row[] = [];
		const left: Array<Waiting<Row>> = [];
		for (const entry of this.waiting) {
			const fits = entry.dueAt <= now && (taskid === '' || entry.row.taskid === taskid);
			if (fits && taken.length < limit) taken.push(entry.row);
			else left.push(entry);
		}
		this.waiting = left;
		this.handedOut += taken.length;
		return taken;
	}
}
