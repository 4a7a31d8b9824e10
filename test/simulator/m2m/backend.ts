import { chinaDateTime } from '../chinaTime';
import { methodNotAllowedPage, notFoundPage } from '../replies';
import { isObject } from '../types';
import type { JsonValue, SimulatorReply, SimulatorRequest, VendorBackend } from '../types';
import { Refusal } from './codes';
import { openEnvelope, parseBody } from './envelope';
import type { M2mAccount } from './envelope';
import { HANDLERS } from './handlers';
import { operationsAt } from './operations';
import type { M2mOperationName } from './operations';
import { RequestTimes } from './requestTime';
import { ResultWriter } from './result';
import { checkSettings } from './settings';
import type { World } from './world';

/** Where §2.5 and §2.6 share a path, the body tells them apart: only the latter has `num`. */
function chooseOperation(
	[first, second]: [M2mOperationName, ...M2mOperationName[]],
	body: Record<string, unknown>,
): M2mOperationName {
	return second !== undefined && !('sendkey' in body) && 'num' in body ? second : first;
}

/** The vendor of M2M as the server calls it. */
export class M2mBackend implements VendorBackend {
	private readonly requestTimes: RequestTimes;

	private readonly writer: ResultWriter;

	constructor(
		private readonly account: M2mAccount,
		private readonly world: World,
	) {
		this.requestTimes = new RequestTimes(world.now);
		this.writer = new ResultWriter(world.settings);
	}

	handle(request: SimulatorRequest): SimulatorReply {
		const { settings } = this.world;
		const [first, ...others] = operationsAt(request.path, settings.repliesPath);
		if (first === undefined) return notFoundPage();
		if (request.method !== 'POST') return methodNotAllowedPage();
		try {
			if (settings.refuseIp) throw new Refusal('0002');
			const body = parseBody(request.body);
			const operation = chooseOperation([first, ...others], body);
			const fields = openEnvelope(body, operation, this.account, settings, this.requestTimes);
			const outcome = HANDLERS[operation](this.world, fields);
			this.world.accepted[operation]++;
			return this.writer.success(outcome);
		} catch (error) {
			if (error instanceof Refusal) return this.writer.refusal(error.code);
			throw error;
		}
	}

	refusal(code: string): SimulatorReply {
		return this.writer.refusal(code);
	}

	state() {
		return this.world.toJson();
	}

	changeSettings(patch: Record<string, unknown>): void {
		Object.assign(this.world.settings, checkSettings(patch));
	}

	readonly controls = {
		'POST /replies': (body: unknown): JsonValue => {
			if (!isObject(body) || typeof body.mobile !== 'string' || typeof body.content !== 'string') {
				throw new Error('A reply must be a JSON object with the strings "mobile" and "content"');
			}
			const retime =
				typeof body.retime === 'string' ? body.retime : chinaDateTime(this.world.now());
			const encodedContent = encodeURIComponent(body.content);
			this.world.inbox.add({ mobile: body.mobile, encodedContent, retime });
			return { ok: true };
		},
	};
}
