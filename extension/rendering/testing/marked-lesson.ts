/** A lesson with what makes cloning and replacing hard; every block is marked for `extractMarked`. */
export const markedLesson = `
<article id="lesson" class="markdown">
  <h1 data-block="heading" id="intro"><span data-furniture class="number">1.2</span> Closures<a data-furniture class="permalink" href="#intro">¶</a></h1>
  <p data-block="paragraph">
    A <em class="term">closure</em> keeps <a id="ref-env" class="xref" href="https://example.org/env">its <strong>environment</strong><svg data-furniture class="icon" width="8" height="8"></svg></a>:
    call <code class="literal"><span class="pre">make_adder(2)</span></code>, or read <a href="#next">on</a>.<sup id="fnref1"><a href="#fn1">1</a></sup>
  </p>
  <p data-block="paragraph"><span class="lead">The area is <span class="katex" data-tex="\\pi r^2"><span class="mord">π</span><span class="mord">r²</span></span>. It grows with the square.</span></p>
  <div class="highlight-python"><div class="highlight"><pre data-block="code"><code>def f(x):
    return x</code></pre></div></div>
  <ol class="steps"><li data-block="list_item">First, name <span class="katex" data-tex="r"><i class="mord">r</i></span>.
      <ul><li data-block="list_item">A nested item.</li></ul></li><li data-block="list_item">Second.</li></ol>
  <dl><dt data-block="definition">Scope</dt><dd data-block="definition">Where a name holds.</dd></dl>
  <blockquote><p data-block="quote">Simple is better.</p></blockquote>
  <p data-block="paragraph">One more. With two sentences.</p>
  <p data-block="paragraph">And another. Also with two.</p>
  <p data-block="paragraph">Text before <span data-block="math" class="display">x = 1</span> and text after.</p>
  <div class="table-wrapper"><table data-block="table"><caption data-block="caption">Costs</caption><tbody><tr><td data-block="cell">Hash table</td><td data-block="cell">constant</td></tr></tbody></table></div>
  <figure data-block="figure"><img src="f.png" alt="f"><figcaption data-block="caption">A figure.</figcaption></figure>
  <h2 data-block="heading" id="next">Next</h2>
  <p data-block="paragraph"><input type="checkbox" data-furniture checked> Done <span id="term-done">already</span> by <i>all</i>.</p>
</article>`
