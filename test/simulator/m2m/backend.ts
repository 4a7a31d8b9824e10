import { chinaDateTime } from '../chinaTime';
import type { Explanation } from '../explanation';
import type { SettingFault } from '../faults';
import { methodNotAllowedPage, notFoundPage } from '../replies';
import { SETTING_FAULTS, withSettings } from '../settings';
import { isObject } from '../types';
import type { JsonValue, SimulatorReply, SimulatorRequest, VendorBackend } from '../types';
import { Refusal } from './codes';
import { openEnvelope, parseBody } from './envelope';
import type { M2mAccount } from './envelope';
import { explainRequest } from './explain';
import { HANDLERS } from './handlers';
import { chooseOperation, operationsAt } from './operations';
import { RequestTimes } from './requestTime';
import { ResultWriter } from './result';
import { checkSettings } from './settings';
import type { World } from './world';

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
		const isServed = operationsAt(request.path, settings.repliesPath).length > 0;
		if (!isServed) return notFoundPage();
		if (request.method !== 'POST') return methodNotAllowedPage();
		try {
			if (settings.refuseIp) throw new Refusal('0002');
			const body = parseBody(request.body);
			const operation = chooseOperation(request.path, settings.repliesPath, body);
			const fields = openEnvelope(body, operation, this.account, settings, this.requestTimes);
			const outcome = HANDLERS[operation](this.world, fields);
			this.world.accepted[operation]++;
			return this.writer.success(outcome);
		} catch (error) {
			if (error instanceof Refusal) return this.writer.refusal(error.code);
			throw error;
		}
	}

	explain(request: SimulatorRequest): Explanation {
		const { settings, now } = this.world;
		return explainRequest(request, this.account, settings, this.requestTimes, now());
	}

	under<Result>(fault: SettingFault, act: () => Result): Result {
		return withSettings(this.world.settings, SETTING_FAULTS[fault], act);
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
			this.world.receive({ mobile: body.mobile, encodedContent, retime });
			return { ok: true };
		},
	};
}
