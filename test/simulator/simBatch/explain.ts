import { Explainer } from '../explanation';
import type { Explanation } from '../explanation';

/** The document of the SIM batch query knows no way to say who asks. */
export const explainRequest = (): Explanation =>
	new Explainer().end(null, {
		en: 'This platform checks nothing: its document knows no account and no signature.',
		zh: '此平台不做检查：文档中没有账户，也没有签名。',
	});
