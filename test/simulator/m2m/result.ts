import type { JsonValue, SimulatorReply } from '../types';
import { messageOf } from './codes';
import type { M2mSettings } from './settings';

/** A row of `result`; numbers are strings. */
export type Row = Record<string, string>;

/** What a call gives besides its success. */
export interface Outcome {
	rows?: Row[];
	/** Fields beside `result`, as `Num` of §2.6. */
	extra?: Record<string, string>;
}

const SHAPES = ['array', 'object', 'string'] as const;

/** Puts outcomes into the vendor's words: JSON that is labelled as HTML (M2M §2.x.2). */
export class ResultWriter {
	private written = 0;

	constructor(private readonly settings: M2mSettings) {}

	success({ rows, extra }: Outcome): SimulatorReply {
		return this.reply('0000', rows ? this.shaped(rows) : this.nothing(), extra);
	}

	refusal(code: string): SimulatorReply {
		return this.reply(code, this.nothing());
	}

	private reply(
		status: string,
		result: JsonValue,
		extra: Record<string, string> = {},
	): SimulatorReply {
		this.written++;
		return {
			status: 200,
			headers: {
				'cache-control': 'private',
				'content-type': 'text/html; charset=utf-8',
				server: 'Microsoft-IIS/7.5',
			},
			body: JSON.stringify({ status, message: messageOf(status), ...extra, result }),
		};
	}

	private shaped(rows: Row[]): JsonValue {
		const { resultShape } = this.settings;
		const shape =
			resultShape === 'mixed' ? (SHAPES[this.written % SHAPES.length] ?? 'array') : resultShape;
		if (shape === 'string') return JSON.stringify(rows);
		const [only, ...others] = rows;
		return shape === 'object' && only && others.length === 0 ? only : rows;
	}

	/** The document reserves `result` where there is nothing to tell, and does not say as what. */
	private nothing(): JsonValue {
		return this.settings.resultShape === 'mixed' && this.written % 2 === 1 ? null : '';
	}
}
