import type { SimulatorReply, SimulatorRequest } from '../../types';
import { checkLogin } from '../account';
import type { SmsPlatformAccount } from '../account';
import type { Refused } from '../codes';
import type { Form } from '../form';
import type { World } from '../world';

/** What a page works with. */
export interface Site {
	readonly world: World;
	/** Live: `pwd.aspx` changes the password in it. */
	readonly account: SmsPlatformAccount;
	/** The path before all of the vendor's. */
	readonly basePath: string;
}

/** One address of the vendor. */
export interface Page {
	/** Does what a request asks for, or throws a `Refusal`. */
	answer(site: Site, request: SimulatorRequest): SimulatorReply;
	/** Says no in the words of this page. */
	refuse(site: Site, refused: Refused, request: SimulatorRequest): SimulatorReply;
}

/** Refuses a form that does not come from the customer. */
export function signIn({ account, world }: Site, form: Form): void {
	const given = { account: form.get('account'), password: form.get('password') };
	checkLogin(account, world.settings, given, world.settings.passwordFormat);
}
