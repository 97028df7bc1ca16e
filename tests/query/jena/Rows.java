// Runs the queries of a folder with Apache Jena over a Turtle file: java -cp JARS Rows.java graph.ttl IN OUT
// Each IN/name.rq is read as it is; its rows become OUT/name.json, or OUT/name.error says what Jena has against it.

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.jena.query.QueryExecution;
import org.apache.jena.query.QueryExecutionFactory;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.query.ResultSetFormatter;
import org.apache.jena.query.Syntax;
import org.apache.jena.rdf.model.Model;
import org.apache.jena.riot.RDFDataMgr;

public class Rows {
  public static void main(String[] args) throws IOException {
    Model graph = RDFDataMgr.loadModel(args[0]);
    List<Path> queries;
    try (var files = Files.list(Path.of(args[1]))) {
      queries = files.filter(file -> file.toString().endsWith(".rq")).sorted().collect(Collectors.toList());
    }
    for (Path file : queries) {
      String name = file.getFileName().toString().replaceFirst("\\.rq$", "");
      // The standard alone, without what Jena adds to it.
      try (QueryExecution asked = QueryExecutionFactory.create(
              QueryFactory.create(Files.readString(file), Syntax.syntaxSPARQL_11), graph);
          OutputStream written = Files.newOutputStream(Path.of(args[2], name + ".json"))) {
        ResultSetFormatter.outputAsJSON(written, asked.execSelect());
      } catch (RuntimeException error) {
        Files.writeString(Path.of(args[2], name + ".error"), String.valueOf(error.getMessage()));
      }
    }
  }
}
