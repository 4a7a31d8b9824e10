import { Loaded } from '../../parts/Loaded';
import { texts } from '../../state/language';
import { overview } from '../../state/overview';
import { Credentials } from './Credentials';
import { EditorLogin } from './EditorLogin';
import { Example } from './Example';

/** What there is to play, and what one needs for it. */
export function PlayView() {
	const { play, views } = texts.value;
	return (
		<Loaded from={overview}>
			{({ editor, examples, vendors }) => (
				<>
					<header class="page">
						<h1>{views.play}</h1>
						<p>{examples.length > 0 ? play.intro(examples.length) : play.introWithoutN8n}</p>
					</header>
					{editor && <EditorLogin editor={editor} />}
					{examples.length > 0 && (
						<section aria-label={play.examples}>
							<ul class="examples">
								{examples.map((example) => (
									<Example key={example.file} example={example} />
								))}
							</ul>
						</section>
					)}
					<Credentials vendors={vendors} isOpen={examples.length === 0} />
				</>
			)}
		</Loaded>
	);
}
